import type { Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { endpointsOf } from '../rules/endpoints';
import { groupByService, keyOf } from '../rules/service-port';
import { usableOf } from '../rules/target';

export type HostProtocol = 'tcp' | 'udp';

/** A port that this machine opens for a Service. */
export interface HostPort {
  readonly protocol: HostProtocol;
  readonly port: number;
  readonly service: Service;
  /** Where the connection can go, best first: through a node's rules, or straight to an endpoint. */
  readonly nodes: readonly string[];
  readonly endpoints: readonly { nodeName?: string; address: string; port: number }[];
}

/** `tcp/30080` */
export const hostPortKey = ({ protocol, port }: Pick<HostPort, 'protocol' | 'port'>): string => `${protocol}/${port}`;

/** One row for each node port, by key; SCTP stays inside the nodes. */
export function hostPorts(services: readonly Service[], slices: readonly EndpointSlice[], nodeNames: readonly string[]): Map<string, HostPort> {
  const slicesOf = groupByService(slices);
  const plan = new Map<string, HostPort>();
  for (const service of services) {
    for (const { nodePort, name = '', protocol = 'TCP' } of service.spec.ports ?? []) {
      if (!nodePort || protocol === 'SCTP') continue;
      const endpoints = usableOf(endpointsOf(slicesOf.get(keyOf(service)) ?? [], name));
      const row: HostPort = { protocol: protocol === 'UDP' ? 'udp' : 'tcp', port: nodePort, service, nodes: entryNodes(service, endpoints, nodeNames), endpoints };
      plan.set(hostPortKey(row), row);
    }
  }
  return plan;
}

/** With externalTrafficPolicy Local a node without an endpoint would drop the connection. */
function entryNodes({ spec }: Service, endpoints: HostPort['endpoints'], nodeNames: readonly string[]): readonly string[] {
  if (spec.externalTrafficPolicy !== 'Local') return nodeNames;
  return nodeNames.filter((name) => endpoints.some(({ nodeName }) => nodeName === name));
}
