import type { Pod, Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { endpointsOf } from '../rules/endpoints';
import { portsOf, type HostPortRules } from '../rules/host-port';
import { clusterIPsOf, groupByService, keyOf } from '../rules/service-port';
import { usableOf } from '../rules/target';

export type HostProtocol = 'tcp' | 'udp';

export type HostPortUse = 'node port' | 'host port' | 'load balancer' | 'external address';

/** A port that this machine opens. */
export interface HostPort {
  readonly use: HostPortUse;
  readonly protocol: HostProtocol;
  /** A loopback address, or one of the machine's that a Service names; absent: `localhost`, of both families. */
  readonly address?: string;
  readonly port: number;
  readonly owner: { readonly kind: 'Service' | 'Pod'; readonly metadata: (Service | Pod)['metadata'] };
  /** Blocks that clients have to be in; absent: all are welcome. */
  readonly sources?: readonly string[];
  /** Where the connection can go, best first: through a node's rules, or straight to an endpoint. */
  readonly nodes: readonly string[];
  /** The way through a node's rules: a port, and the address where it is open unless that is the node's own. */
  readonly entry: { readonly at?: string; readonly port: number };
  readonly endpoints: readonly { nodeName?: string; address: string; port: number }[];
}

/** `tcp/30080`, `tcp/127.0.0.2:80` */
export const hostPortKey = ({ protocol, address, port }: Pick<HostPort, 'protocol' | 'address' | 'port'>): string =>
  `${protocol}/${address === undefined ? '' : `${address}:`}${port}`;

export interface HostPortInput {
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly Pod[];
  /** Those that are up, the way in first. */
  readonly nodeNames: readonly string[];
  /** The address of a node whose pods' ports are opened, too: of the real ones. */
  readonly addressOf: (nodeName: string) => string | undefined;
  /** Whether this machine has the address, beside its loopback ones. */
  readonly isOwn: (address: string) => boolean;
  /** Addresses of load balancers, by the Service's `namespace/name`, told what else is opened on localhost. */
  readonly balancers: (isTaken: (protocol: string, port: number) => boolean) => ReadonlyMap<string, string>;
}

/** One row for each port, by key; of pods on several nodes the first one's. SCTP stays inside the nodes. */
export function hostPorts(input: HostPortInput): Map<string, HostPort> {
  const { services, slices, pods, nodeNames, addressOf, isOwn, balancers } = input;
  const slicesOf = groupByService(slices);
  const plan = new Map<string, HostPort>();
  const add = (row: HostPort) => {
    if (!plan.has(hostPortKey(row))) plan.set(hostPortKey(row), row);
  };
  const rows = services.map((service) => ({ service, ports: servicePortRows(service, slicesOf.get(keyOf(service)) ?? [], nodeNames) }));
  for (const { ports } of rows) for (const { base, nodePort } of ports) if (nodePort) add({ ...base, use: 'node port', port: nodePort, entry: { port: nodePort } });
  for (const row of nodeNames.flatMap((name) => podRows(pods, name, addressOf(name)))) add(row);
  const addresses = balancers((protocol, port) => plan.has(`${protocol}/${port}`));
  for (const { service, ports } of rows) {
    const address = addresses.get(keyOf(service));
    const { loadBalancerSourceRanges: sources } = service.spec;
    if (address) for (const { base, port, entry } of ports) if (entry) add({ ...base, use: 'load balancer', address, port, entry, ...(sources?.length && { sources }) });
  }
  for (const { service, ports } of rows) {
    const addresses = (service.spec.externalIPs ?? []).filter(isOwn);
    for (const address of addresses) for (const { base, port, entry } of ports) if (entry) add({ ...base, use: 'external address', address, port, entry });
  }
  return plan;
}

/** What a Service's rows share; without a node port streams enter by the cluster IP, and datagrams not at all. */
function servicePortRows(service: Service, slices: readonly EndpointSlice[], nodeNames: readonly string[]) {
  const { metadata, spec } = service;
  const [at] = clusterIPsOf(service);
  return (spec.ports ?? []).flatMap(({ port, nodePort, name = '', protocol = 'TCP' }) => {
    if (protocol === 'SCTP') return [];
    const endpoints = usableOf(endpointsOf(slices, name));
    const base = { protocol: protocol === 'UDP' ? 'udp' as const : 'tcp' as const, owner: { kind: 'Service' as const, metadata }, nodes: entryNodes(service, endpoints, nodeNames), endpoints };
    const entry = nodePort ? { port: nodePort } : at && protocol === 'TCP' ? { at, port } : undefined;
    return [{ base, port, nodePort, entry }];
  });
}

/** A datagram comes to the node's address only; a stream's connection begins on the node and may use its loopback. */
function podRows(pods: readonly Pod[], nodeName: string, address: string | undefined): HostPort[] {
  if (address === undefined) return [];
  const isOpen = ({ hostIP, protocol }: HostPortRules) => hostIP === undefined || hostIP === address || (hostIP.startsWith('127.') && protocol === 'tcp');
  return pods.filter(({ spec }) => spec?.nodeName === nodeName).flatMap((pod) => portsOf(pod).filter(isOpen).flatMap(({ protocol, port, hostIP, to }) => (protocol === 'sctp' ? [] : [{
    use: 'host port' as const, protocol, port, owner: { kind: 'Pod' as const, metadata: pod.metadata }, nodes: [nodeName], endpoints: [{ nodeName, ...to }], entry: { port, ...(hostIP && { at: hostIP }) },
  }])));
}

/** With externalTrafficPolicy Local a node without an endpoint would drop the connection. */
function entryNodes({ spec }: Service, endpoints: HostPort['endpoints'], nodeNames: readonly string[]): readonly string[] {
  if (spec.externalTrafficPolicy !== 'Local') return nodeNames;
  return nodeNames.filter((name) => endpoints.some(({ nodeName }) => nodeName === name));
}
