import type { Service } from '../../../api/generated/core.v1';
import { keyOf } from '../rules/service-port';

/** Whether this cluster is the Service's load balancer: one with a class has its own. */
export const isBalanced = ({ metadata, spec }: Service): boolean =>
  spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined && metadata.deletionTimestamp === undefined;

/** The address that the status tells, where it is one of this machine's loopback. */
export const ownAddress = ({ status }: Service): string | undefined => status?.loadBalancer?.ingress?.map(({ ip = '' }) => ip).find(isLoopback);

const isLoopback = (address: string): boolean => address.startsWith('127.');

/** Systems other than Linux have but one. */
export const loopbackAddresses = (platform: NodeJS.Platform): string[] =>
  Array.from({ length: platform === 'linux' ? 254 : 1 }, (_, index) => `127.0.0.${index + 1}`);

export interface AssignInput {
  readonly services: readonly Service[];
  /** In the order of preference. */
  readonly addresses: readonly string[];
  /** Where the Service was last; it stays there if it can. */
  readonly current: (service: Service) => string | undefined;
  /** Somebody else has the port there. */
  readonly isTaken: (address: string, protocol: string, port: number) => boolean;
}

/**
 * An address for each Service, by `namespace/name`, such that no two share a port there; Services without any are left
 * out. spec.loadBalancerIP decides where it is a loopback address. Pure.
 */
export function assignAddresses({ services, addresses, current, isTaken }: AssignInput): Map<string, string> {
  const assigned = new Map<string, string>();
  const used = new Set<string>();
  const ordered = services.filter(isBalanced).map((service) => ({ service, now: current(service) })).sort((a, b) =>
    Number(a.now === undefined) - Number(b.now === undefined) || compare(age(a.service), age(b.service)) || compare(keyOf(a.service), keyOf(b.service)));
  for (const { service, now } of ordered) {
    const wanted = service.spec.loadBalancerIP && isLoopback(service.spec.loadBalancerIP) ? [service.spec.loadBalancerIP] : [...(now ? [now] : []), ...addresses];
    const ports = portsOf(service);
    const address = wanted.find((candidate) => ports.every(([protocol, port]) => !used.has(`${candidate} ${protocol} ${port}`) && !isTaken(candidate, protocol, port)));
    if (!address) continue;
    assigned.set(keyOf(service), address);
    for (const [protocol, port] of ports) used.add(`${address} ${protocol} ${port}`);
  }
  return assigned;
}

const portsOf = ({ spec }: Service) => (spec.ports ?? []).map(({ protocol = 'TCP', port }) => [protocol.toLowerCase(), port] as const);

const age = ({ metadata }: Service): string => metadata.creationTimestamp ?? '';

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
