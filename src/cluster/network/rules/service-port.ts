import type { Service, ServicePort } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { isIPv4 } from 'node:net';
import { endpointsOf } from './endpoints';
import { clusterTarget, localTarget, type Target } from './target';

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** One port of one Service as one node has to serve it. */
export interface ServicePortRules {
  /** `default/web:http`; the part behind the colon is empty for an unnamed port. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly clusterIPs: readonly string[];
  /** spec.externalIPs and the load balancer's addresses. */
  readonly externalIPs: readonly string[];
  /** Blocks from which the load balancer's addresses may be reached, where not from everywhere. */
  readonly sources?: { readonly of: readonly string[]; readonly blocks: readonly string[] };
  readonly nodePort?: number;
  /** Seconds that a client stays with its endpoint. */
  readonly affinitySeconds?: number;
  /** Endpoints anywhere. */
  readonly cluster: Target;
  /** Endpoints on this node only. */
  readonly local: Target;
  /** Which of the two connections to the cluster IPs get. */
  readonly internalPolicy: TrafficPolicy;
  /** Which of the two connections from outside to the node port and external IPs get. */
  readonly externalPolicy: TrafficPolicy;
}

export type TrafficPolicy = 'cluster' | 'local';

/**
 * Rows for everything that is served by address; headless Services and ExternalName have none. Sorted by name. The same
 * objects give the same rows again: of many Services one changes at a time.
 */
export function servicePorts(services: readonly Service[], slices: readonly EndpointSlice[], nodeName: string): ServicePortRules[] {
  const slicesOf = groupByService(slices);
  return services
    .filter(isProxied)
    .flatMap((service) => rowsOf(service, slicesOf.get(keyOf(service)) ?? none, nodeName))
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

interface Made {
  readonly slices: readonly EndpointSlice[];
  readonly rows: readonly ServicePortRules[];
}

/** By Service and node. */
const made = new WeakMap<Service, Map<string, Made>>();
const none: readonly EndpointSlice[] = [];

function rowsOf(service: Service, slices: readonly EndpointSlice[], nodeName: string): readonly ServicePortRules[] {
  const byNode = made.get(service) ?? new Map<string, Made>();
  const known = byNode.get(nodeName);
  if (known?.slices.length === slices.length && known.slices.every((slice, index) => slice === slices[index])) return known.rows;
  const rows = (service.spec.ports ?? []).map((port) => rulesOf(service, port, slices, nodeName));
  made.set(service, byNode.set(nodeName, { slices, rows }));
  return rows;
}

/** The slice's Service, as `namespace/name`. */
export function serviceOfSlice({ metadata }: EndpointSlice): string | undefined {
  const name = metadata.labels?.['kubernetes.io/service-name'];
  return name && `${metadata.namespace}/${name}`;
}

export function groupByService(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const key = serviceOfSlice(slice);
    if (!key) continue;
    const group = groups.get(key);
    if (group) group.push(slice);
    else groups.set(key, [slice]);
  }
  return groups;
}

export const keyOf = ({ metadata }: Service): string => `${metadata.namespace}/${metadata.name}`;

/** The addresses that the Service itself has: `None` and IPv6 are not among them. */
export function clusterIPsOf({ spec }: Service): string[] {
  const all = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ''];
  return all.filter((address) => isIPv4(address));
}

/** As upstream: a label hands the Service to another proxy. */
function isProxied(service: Service): boolean {
  return service.spec.type !== 'ExternalName' && clusterIPsOf(service).length > 0
    && service.metadata.labels?.['service.kubernetes.io/service-proxy-name'] === undefined;
}

function rulesOf(service: Service, port: ServicePort, slices: readonly EndpointSlice[], nodeName: string): ServicePortRules {
  const { spec, status } = service;
  const backends = endpointsOf(slices, port.name ?? '', nodeName);
  const loadBalancer = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode }) => ipMode !== 'Proxy').map(({ ip }) => ip ?? '');
  return {
    name: `${keyOf(service)}:${port.name ?? ''}`,
    protocol: (port.protocol ?? 'TCP').toLowerCase() as Protocol,
    port: port.port,
    clusterIPs: clusterIPsOf(service),
    externalIPs: [...(spec.externalIPs ?? []), ...loadBalancer].filter((address) => isIPv4(address)),
    ...(spec.loadBalancerSourceRanges?.length && { sources: { of: loadBalancer, blocks: spec.loadBalancerSourceRanges.map((block) => block.trim()).filter((block) => isIPv4(block.split('/')[0]!)) } }),
    ...(port.nodePort && { nodePort: port.nodePort }),
    ...(spec.sessionAffinity === 'ClientIP' && { affinitySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800 }),
    cluster: clusterTarget(backends),
    local: localTarget(backends),
    internalPolicy: policy(spec.internalTrafficPolicy),
    externalPolicy: policy(spec.externalTrafficPolicy),
  };
}

const policy = (traffic: 'Cluster' | 'Local' | undefined): TrafficPolicy => (traffic === 'Local' ? 'local' : 'cluster');
