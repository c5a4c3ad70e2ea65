import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { desiredReplicas, maxReplicas, maxUnavailable } from './fenceposts';
import { availableReplicas, isActiveSet, replicasOf, specReplicas } from './replica-sets';
import { noChange, type Sizes } from './scaling';

/** Up to the desired size, as far as the surge allows. After NewRSNewReplicas of pkg/controller/deployment/util. */
export function currentSize(deployment: Deployment, current: number, all: number): number {
  const desired = desiredReplicas(deployment);
  if (deployment.spec.strategy?.type === 'Recreate') return desired;
  const room = Math.max(0, maxReplicas(deployment) - all);
  return current >= desired ? desired : current + Math.min(room, desired - current);
}

/**
 * One step of a rolling update: the current set grows if it can, else the old ones shrink as far as availability
 * allows. After rolloutRolling of pkg/controller/deployment.
 */
export function rollingSizes(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): Sizes {
  const size = currentSize(deployment, replicasOf(current), specReplicas([...old, current]));
  if (size !== replicasOf(current)) return new Map([[current, size]]);
  const active = old.filter(isActiveSet);
  return active.length === 0 ? noChange : shrinkOld(deployment, current, active);
}

function shrinkOld(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): Sizes {
  const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
  const currentUnavailable = replicasOf(current) - (current.status?.availableReplicas ?? 0);
  const removable = specReplicas([...old, current]) - minAvailable - currentUnavailable;
  if (removable <= 0) return noChange;

  const sizes = new Map<ReplicaSet, number>();
  const sizeOf = (set: ReplicaSet) => sizes.get(set) ?? replicasOf(set);
  const shrink = (budget: number, most: (set: ReplicaSet) => number) => {
    for (const set of old) {
      const by = Math.min(budget, most(set));
      if (by <= 0) continue;
      sizes.set(set, sizeOf(set) - by);
      budget -= by;
    }
  };
  // What is unavailable anyway goes first: it would only hold the rollout up.
  shrink(removable, (set) => replicasOf(set) - (set.status?.availableReplicas ?? 0));
  shrink(availableReplicas([...old, current]) - minAvailable, sizeOf);
  return sizes;
}
