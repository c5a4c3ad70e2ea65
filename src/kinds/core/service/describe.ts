import type { LoadBalancerIngress, Service, ServicePort } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { endpointsText } from '../../describing/slices';
import { describeText, field, fieldIfSet, type Write } from '../../describing/writer';
import { formatLabels, orNone } from '../../printing';

const slicesQuery = 'endpointslices';

function describePort(write: Write, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const name = port.name || '<unset>';
  field(write, 'Port', `${name}\t${port.port}/${port.protocol ?? ''}`);
  field(write, 'TargetPort', `${port.targetPort ?? 0}/${port.protocol ?? ''}`);
  if (port.nodePort) field(write, 'NodePort', `${name}\t${port.nodePort}/${port.protocol ?? ''}`);
  field(write, 'Endpoints', endpointsText(slices, port.name ?? ''));
}

const ingressText = ({ ip, ipMode, hostname }: LoadBalancerIngress) => ip ? `${ip}${ipMode === undefined ? '' : ` (${ipMode})`}` : hostname ?? '';

function describeAddresses(write: Write, { spec, status }: Service): void {
  if (spec.ipFamilyPolicy !== undefined) field(write, 'IP Family Policy', spec.ipFamilyPolicy);
  field(write, 'IP Families', orNone(spec.ipFamilies?.join(',')));
  field(write, 'IP', spec.clusterIP);
  field(write, 'IPs', orNone(spec.clusterIPs?.join(',')));
  fieldIfSet(write, 'External IPs', spec.externalIPs?.join(','));
  fieldIfSet(write, 'Desired LoadBalancer IP', spec.loadBalancerIP);
  fieldIfSet(write, 'External Name', spec.externalName);
  fieldIfSet(write, 'LoadBalancer Ingress', status?.loadBalancer?.ingress?.map(ingressText).join(', '));
}

export const serviceDescribe: Describe<Service> = {
  group: '',
  kind: 'Service',
  related: (service) => [
    {
      as: slicesQuery, group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespace: service.metadata.namespace,
      labelSelector: `kubernetes.io/service-name=${service.metadata.name}`,
    },
    eventQuery(service, 'Service'),
  ],
  render: (service, related, { nowMs }) => describeText((write) => {
    const { metadata, spec } = service;
    describeMeta(write, metadata);
    field(write, 'Selector', formatLabels(spec.selector));
    field(write, 'Type', spec.type);
    describeAddresses(write, service);
    for (const port of spec.ports ?? []) describePort(write, port, related.list<EndpointSlice>(slicesQuery));
    field(write, 'Session Affinity', spec.sessionAffinity);
    fieldIfSet(write, 'External Traffic Policy', spec.externalTrafficPolicy);
    fieldIfSet(write, 'Internal Traffic Policy', spec.internalTrafficPolicy);
    fieldIfSet(write, 'HealthCheck NodePort', spec.healthCheckNodePort);
    fieldIfSet(write, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(','));
    describeEvents(write, related.events, nowMs);
  }),
};
