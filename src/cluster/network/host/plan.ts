import type { Pod, Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { endpointsOf } from '../rules/endpoints';
import { portsOf, type HostPortRules } from '../rules/host-port';
import { groupByService, keyOf } from '../rules/service-port';
import { usableOf } from '../rules/target';

export type HostProtocol = 'tcp' | 'udp';

/** A port that this machine opens for a Service, or for a pod that wants a port of its node. */
export interface HostPort {
  readonly protocol: HostProtocol;
  readonly port: number;
  readonly owner: { readonly kind: 'Service' | 'Pod'; readonly metadata: (Service | Pod)['metadata'] };
  /** Where the connection can go, best first: through a node's rules, or straight to an endpoint. */
  readonly nodes: readonly string[];
  /** The node's address where the port is open; absent: its own. */
  readonly at?: string;
  readonly endpoints: readonly { nodeName?: string; address: string; port: number }[];
}

/** `tcp/30080` */
export const hostPortKey = ({ protocol, port }: Pick<HostPort, 'protocol' | 'port'>): string => `${protocol}/${port}`;

export interface HostPortInput {
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly Pod[];
  /** Those that are up, the way in first. */
  readonly nodeNames: readonly string[];
  /** The address of a node whose pods' ports are opened, too: of the real ones. */
  readonly addressOf: (nodeName: string) => string | undefined;
}

/** One row for each port, by key; of pods on several nodes the first one's. SCTP stays inside the nodes. */
export function hostPorts({ services, slices, pods, nodeNames, addressOf }: HostPortInput): Map<string, HostPort> {
  const slicesOf = groupByService(slices);
  const plan = new Map<string, HostPort>();
  for (const service of services) {
    for (const { nodePort, name = '', protocol = 'TCP' } of service.spec.ports ?? []) {
      if (!nodePort || protocol === 'SCTP') continue;
      const endpoints = usableOf(endpointsOf(slicesOf.get(keyOf(service)) ?? [], name));
      const row: HostPort = { protocol: protocol === 'UDP' ? 'udp' : 'tcp', port: nodePort, owner: { kind: 'Service', metadata: service.metadata }, nodes: entryNodes(service, endpoints, nodeNames), endpoints };
      plan.set(hostPortKey(row), row);
    }
  }
  for (const row of nodeNames.flatMap((name) => podRows(pods, name, addressOf(name)))) if (!plan.has(hostPortKey(row))) plan.set(hostPortKey(row), row);
  return plan;
}

/** A datagram comes to the node's address only; a stream's connection begins on the node and may use its loopback. */
function podRows(pods: readonly Pod[], nodeName: string, address: string | undefined): HostPort[] {
  if (address === undefined) return [];
  const isOpen = ({ hostIP, protocol }: HostPortRules) => hostIP === undefined || hostIP === address || (hostIP.startsWith('127.') && protocol === 'tcp');
  return pods.filter(({ spec }) => spec?.nodeName === nodeName).flatMap((pod) => portsOf(pod).filter(isOpen).flatMap(({ protocol, port, hostIP, to }) => (protocol === 'sctp' ? [] : [{
    protocol, port, owner: { kind: 'Pod' as const, metadata: pod.metadata }, nodes: [nodeName], endpoints: [{ nodeName, ...to }], ...(hostIP && { at: hostIP }),
  }])));
}

/** With externalTrafficPolicy Local a node without an endpoint would drop the connection. */
function entryNodes({ spec }: Service, endpoints: HostPort['endpoints'], nodeNames: readonly string[]): readonly string[] {
  if (spec.externalTrafficPolicy !== 'Local') return nodeNames;
  return nodeNames.filter((name) => endpoints.some(({ nodeName }) => nodeName === name));
}
