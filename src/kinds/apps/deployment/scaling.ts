import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { desiredNoted, maxNoted } from './annotations';
import { desiredReplicas, maxReplicas } from './fenceposts';
import { byAge, isActiveSet, replicasOf, specReplicas, type ReplicaSets } from './replica-sets';

/** The size that some of the sets shall have. */
export type Sizes = ReadonlyMap<ReplicaSet, number>;

export const noChange: Sizes = new Map();

const activeSets = ({ current, old }: ReplicaSets) => [...old, ...(current ? [current] : [])].filter(isActiveSet);

/** The Deployment was resized since its sets were. After isScalingEvent of pkg/controller/deployment. */
export function isScalingEvent(deployment: Deployment, sets: ReplicaSets): boolean {
  return activeSets(sets).some((set) => (desiredNoted(set) ?? desiredReplicas(deployment)) !== desiredReplicas(deployment));
}

function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const desired = desiredReplicas(deployment);
  return replicasOf(set) === desired && desiredNoted(set) === desired && (set.status?.availableReplicas ?? 0) === desired;
}

/**
 * Sizes after a Deployment was scaled or while it is paused: a single active set gets all; during a rollout every
 * set grows or shrinks in proportion, so that the rollout is neither hastened nor set back. After `scale` of
 * pkg/controller/deployment.
 */
export function scaledSizes(deployment: Deployment, sets: ReplicaSets): Sizes {
  const active = activeSets(sets);
  const desired = desiredReplicas(deployment);
  if (active.length <= 1) {
    const only = active[0] ?? sets.current ?? sets.old.at(-1);
    return only ? new Map([[only, desired]]) : noChange;
  }
  if (sets.current && isSaturated(deployment, sets.current)) {
    return new Map(sets.old.filter(isActiveSet).map((set) => [set, 0]));
  }
  return deployment.spec.strategy?.type === 'Recreate' ? noChange : proportionalSizes(deployment, active);
}

function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): Sizes {
  const allowed = desiredReplicas(deployment) > 0 ? maxReplicas(deployment) : 0;
  const toAdd = allowed - specReplicas(active);
  // Of sets of one size the younger grow first and the older shrink first.
  const bySize = (a: ReplicaSet, b: ReplicaSet) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b));
  const ordered = [...active].sort(bySize);
  const sizes = new Map<ReplicaSet, number>();
  let added = 0;
  for (const set of ordered) {
    const share = proportion(deployment, set, toAdd, added);
    sizes.set(set, replicasOf(set) + share);
    added += share;
  }
  const largest = ordered[0]!;
  sizes.set(largest, Math.max(0, sizes.get(largest)! + toAdd - added));
  return sizes;
}

function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (toAdd === 0 || toAdd === added) return 0;
  const share = fraction(deployment, set);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

/** By how much the set changes if it keeps its part of the whole. */
function fraction(deployment: Deployment, set: ReplicaSet): number {
  if (desiredReplicas(deployment) === 0) return -replicasOf(set);
  const wholeBefore = maxNoted(set) || deployment.status?.replicas || maxReplicas(deployment);
  const size = (replicasOf(set) * maxReplicas(deployment)) / wholeBefore;
  return Math.floor(size + 0.5) - replicasOf(set);
}
