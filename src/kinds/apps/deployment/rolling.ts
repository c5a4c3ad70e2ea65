import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { desiredReplicas, maxReplicas, maxUnavailable } from './fenceposts';
import { isActiveSet, replicasOf, specReplicas } from './replica-sets';
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

const availableIn = (set: ReplicaSet): number => set.status?.availableReplicas ?? 0;

function shrinkOld(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): Sizes {
  const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
  const currentUnavailable = replicasOf(current) - availableIn(current);
  let removable = specReplicas([...old, current]) - minAvailable - currentUnavailable;
  const sizes = new Map<ReplicaSet, number>();
  const shrink = (most: (set: ReplicaSet) => number) => {
    for (const set of old) {
      const by = Math.min(removable, most(set));
      if (by <= 0) continue;
      sizes.set(set, (sizes.get(set) ?? replicasOf(set)) - by);
      removable -= by;
    }
  };
  // What is unavailable anyway goes first: it would only hold the rollout up.
  shrink((set) => replicasOf(set) - availableIn(set));
  shrink(availableIn);
  return sizes;
}
