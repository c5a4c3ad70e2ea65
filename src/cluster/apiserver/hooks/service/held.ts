import type { Service } from '../../../../api/generated/core.v1';
import { parseIPv4 } from './addresses';

export interface Held {
  readonly addresses: ReadonlySet<number>;
  readonly nodePorts: ReadonlySet<number>;
}

/** The cluster's resources that a service has. */
export function heldBy(service: Service | undefined): Held {
  if (!service || service.spec.type === 'ExternalName') return { addresses: new Set(), nodePorts: new Set() };
  const { clusterIPs, ports = [], healthCheckNodePort } = service.spec;
  return {
    addresses: new Set((clusterIPs ?? []).flatMap((ip) => parseIPv4(ip) ?? [])),
    nodePorts: new Set([...ports.map(({ nodePort }) => nodePort), healthCheckNodePort].flatMap((port) => port || [])),
  };
}

export const without = (all: ReadonlySet<number>, others: ReadonlySet<number>): number[] => [...all].filter((item) => !others.has(item));
