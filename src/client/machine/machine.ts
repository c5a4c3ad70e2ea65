import type { Node } from '../../api/generated/core.v1';
import type { Client, Resource } from '../client';
import type { RuntimeName } from '../profile';

/*
 * A machine is a node that knarr itself runs: a Node with this label. Its Node object says what it is to be, so that
 * adding, stopping and removing machines are writes like any other, and outlive the daemon.
 */
export const machineLabel = 'knarr.dev/machine';
/** `off`: the machine is not to run. */
export const powerAnnotation = 'knarr.dev/power';
/** JSON of `cpu`, `memory` and `pods`, where they are not the runtime's own. */
export const capacityAnnotation = 'knarr.dev/capacity';

export const nodesResource: Resource = { group: '', version: 'v1', plural: 'nodes', namespaced: false };

export type Capacity = Readonly<Partial<Record<'cpu' | 'memory' | 'pods', string>>>;

/** What a machine is to be. */
export interface Machine {
  readonly name: string;
  readonly runtime: RuntimeName;
  readonly isOn: boolean;
  readonly capacity: Capacity;
  /** Absent until the daemon has chosen one. */
  readonly podCIDR?: string;
}

/** Undefined for a node that is not knarr's. */
export function machineOf({ metadata, spec }: Node): Machine | undefined {
  const runtime = metadata.labels?.[machineLabel];
  if (runtime !== 'docker' && runtime !== 'sim') return undefined;
  return {
    name: metadata.name, runtime, isOn: metadata.annotations?.[powerAnnotation] !== 'off' && !metadata.deletionTimestamp,
    capacity: readCapacity(metadata.annotations?.[capacityAnnotation]), ...(spec?.podCIDR && { podCIDR: spec.podCIDR }),
  };
}

function readCapacity(text: string | undefined): Capacity {
  try {
    return JSON.parse(text ?? '{}') as Capacity;
  } catch {
    return {};
  }
}

/** The Node to create for a new machine. The first of a cluster is its control plane; pods run there, too. */
export function machineNode({ name, runtime, capacity, podCIDR, isFirst = false }: Omit<Machine, 'isOn'> & { isFirst?: boolean }): Node {
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: {
      name, labels: { [machineLabel]: runtime, 'kubernetes.io/hostname': name, ...(isFirst && { 'node-role.kubernetes.io/control-plane': '' }) },
      ...(Object.keys(capacity).length > 0 && { annotations: { [capacityAnnotation]: JSON.stringify(capacity) } }),
    },
    spec: podCIDR === undefined ? {} : { podCIDR, podCIDRs: [podCIDR] },
  };
}

/** Switches a machine on or off. Throws NotFound where there is no such node. */
export async function setPower(client: Client, name: string, power: 'on' | 'off'): Promise<void> {
  await client.patch(nodesResource, name, undefined, 'merge', { metadata: { annotations: { [powerAnnotation]: power === 'off' ? 'off' : null } } });
}
