import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Service } from '../../../api/generated/core.v1';
import type { Ingress, IngressBackend, IngressServiceBackend } from '../../../api/generated/networking.v1';
import type { Describe, Related, RelatedQuery } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { endpointsText } from '../../describing/slices';
import { describeText, field, type Write } from '../../describing/writer';
import { addressesText } from './addresses';

const serviceQuery = (name: string) => `service ${name}`;
const slicesQuery = (name: string) => `slices ${name}`;

const backends = ({ spec }: Ingress): IngressBackend[] => [
  ...(spec?.defaultBackend ? [spec.defaultBackend] : []),
  ...(spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend)),
];

function queriesFor(name: string, namespace: string | undefined): RelatedQuery[] {
  return [
    { as: serviceQuery(name), group: '', version: 'v1', plural: 'services', namespace, name },
    { as: slicesQuery(name), group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespace, labelSelector: `kubernetes.io/service-name=${name}` },
  ];
}

function serviceText({ name, port = {} }: IngressServiceBackend, related: Related): string {
  const text = `${name}:${port.number || (port.name ?? '')}`;
  const service = related.object<Service>(serviceQuery(name));
  if (!service) return `${text} (<error: services "${name}" not found>)`;
  const found = (service.spec.ports ?? []).findLast((one) => port.number ? one.port === port.number : port.name ? one.name === port.name : false);
  return `${text} (${endpointsText(related.list<EndpointSlice>(slicesQuery(name)), found?.name ?? '')})`;
}

function backendText({ service, resource }: IngressBackend, related: Related): string {
  if (service) return serviceText(service, related);
  return resource ? `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}` : '';
}

function describeTLS(write: Write, { spec }: Ingress): void {
  if (!spec?.tls?.length) return;
  write(0, 'TLS:\n');
  for (const { secretName, hosts } of spec.tls) {
    const names = (hosts ?? []).join(',');
    write(1, secretName ? `${secretName} terminates ${names}\n` : `SNI routes ${names}\n`);
  }
}

function describeRules(write: Write, { spec }: Ingress, defaultText: string, related: Related): void {
  write(0, 'Rules:\n  Host\tPath\tBackends\n');
  write(1, '----\t----\t--------\n');
  const rules = (spec?.rules ?? []).filter(({ http }) => http);
  if (rules.length === 0) write(1, `*\t*\t${defaultText}\n`);
  for (const { host, http } of rules) {
    write(1, `${host || '*'}\t\n`);
    for (const { path = '', backend } of http?.paths ?? []) write(2, `\t${path} \t${backendText(backend, related)}\n`);
  }
}

export const ingressDescribe: Describe<Ingress> = {
  group: 'networking.k8s.io',
  kind: 'Ingress',
  related: (ingress) => {
    const services = new Set(backends(ingress).flatMap(({ service }) => service ? [service.name] : []));
    return [...[...services].flatMap((name) => queriesFor(name, ingress.metadata.namespace)), eventQuery(ingress, 'Ingress')];
  },
  render: (ingress, related, { nowMs }) => describeText((write) => {
    const { metadata, spec } = ingress;
    const defaultText = spec?.defaultBackend ? backendText(spec.defaultBackend, related) : '<default>';
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Address', addressesText(ingress));
    field(write, 'Ingress Class', spec?.ingressClassName ?? '<none>');
    field(write, 'Default backend', defaultText);
    describeTLS(write, ingress);
    describeRules(write, ingress, defaultText, related);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeEvents(write, related.events, nowMs);
  }),
};
