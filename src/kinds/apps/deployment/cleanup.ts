import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { revisionOf } from './annotations';
import { byAge, replicasOf } from './replica-sets';

const keepAll = 2 ** 31 - 1;

/** Old ReplicaSets beyond the history limit, those of the lowest revision first; never one that may still have pods. */
export function superfluous(deployment: Deployment, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === keepAll) return [];
  const alive = old.filter((set) => !set.metadata.deletionTimestamp);
  return alive.sort(byRevision).slice(0, Math.max(0, alive.length - limit)).filter(isIdle);
}

const isIdle = (set: ReplicaSet) =>
  replicasOf(set) === 0 && (set.status?.replicas ?? 0) === 0 && (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);

function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  const [revisionA, revisionB] = [revisionOf(a), revisionOf(b)];
  if (revisionA === undefined || revisionB === undefined || revisionA === revisionB) return byAge(a, b);
  return revisionA - revisionB;
}
