import type { Service, ServiceSpec } from '../../../../api/generated/core.v1';
import { isDNS1123Subdomain } from '../../../../api/validation';
import type { Generator, Made } from '../generator';
import { clusterIPFlags, externalNameFlags, loadBalancerFlags, nodePortFlags } from './flags';
import { tcpPort } from './ports';

type Type = NonNullable<ServiceSpec['type']>;

/** What all kinds of services have in common. After create_service.go, where --save-config is accepted and forgotten. */
const service = (type: Type) => ({
  path: `create service ${type.toLowerCase()}`, savesConfig: false,
  resource: { group: '', version: 'v1', plural: 'services', namespaced: true }, type: 'io.k8s.api.core.v1.Service',
  failure: `failed to create ${type} service:`,
});

function made(name: string, type: Type, tcp: readonly string[], spec: Partial<ServiceSpec> = {}, nodePort = 0): Made {
  if (!tcp.length && spec.clusterIP !== 'None' && type !== 'ExternalName') throw new Error('at least one tcp port specifier must be provided');
  const labels = { app: name };
  const ports = tcp.map((text) => ({ ...tcpPort(text), ...(nodePort && { nodePort }) }));
  return { metadata: { labels }, spec: { ports, selector: labels, ...spec, type } satisfies Service['spec'] };
}

export const clusterIP: Generator<typeof clusterIPFlags> = {
  ...service('ClusterIP'), flags: clusterIPFlags,
  make: ({ name, flags }) => made(name, 'ClusterIP', flags.tcp, flags.clusterip ? { clusterIP: flags.clusterip } : {}),
};

export const nodePort: Generator<typeof nodePortFlags> = {
  ...service('NodePort'), flags: nodePortFlags,
  make: ({ name, flags }) => made(name, 'NodePort', flags.tcp, {}, flags['node-port']),
};

export const loadBalancer: Generator<typeof loadBalancerFlags> = {
  ...service('LoadBalancer'), flags: loadBalancerFlags,
  make: ({ name, flags }) => made(name, 'LoadBalancer', flags.tcp),
};

export const externalName: Generator<typeof externalNameFlags> = {
  ...service('ExternalName'), flags: externalNameFlags, required: ['external-name'],
  make: ({ name, flags }) => {
    const externalName = flags['external-name'];
    if (isDNS1123Subdomain(externalName).length) throw new Error(`invalid service external name ${externalName}`);
    return made(name, 'ExternalName', flags.tcp, { externalName });
  },
};
