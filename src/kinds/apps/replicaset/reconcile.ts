import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { controllerOf } from '../../../api/meta';
import type { Action, Plan } from '../../actions';
import { byController, claim, controlledBy, watchOwned } from '../../owners';
import { availableAtMs, isActive } from '../../pod-state';
import { reconciler, type Index, type Observed, type ReconcileContext } from '../../reconciler';
import { pods, replicaSets } from '../../resources';
import { createPod, deletePod } from './pods';
import { calculateStatus, statusUpdate } from './status';
import { chooseVictims } from './victims';

/** Pods created or deleted in one go. */
const burst = 500;

/** Keeps as many active pods as the spec says. After k8s.io/kubernetes/pkg/controller/replicaset. */
export const replicaSetController = reconciler<ReplicaSet>({
  name: 'replicaset-controller',
  resource: replicaSets,
  watches: [watchOwned(pods, replicaSets, (set) => set.spec.selector)],
  reconcile: reconcileReplicaSet,
});

export function reconcileReplicaSet(set: ReplicaSet, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const { owned: active, actions: claims } = claim(observed, pods, set, replicaSets, set.spec.selector, isActive);
  const changes = set.metadata.deletionTimestamp ? [] : scale(set, active, observed, nowMs);
  const statusAfter = (failure?: Error) => statusUpdate(set, calculateStatus(set, active, failure, nowMs));
  const batch: Action[] = changes.length > 0 ? [{ type: 'batch', actions: changes, failed: statusAfter }] : [];
  return { actions: [...claims, ...batch, ...statusAfter()], ...requeue(set, active, nowMs) };
}

function scale(set: ReplicaSet, active: readonly Pod[], observed: Observed, nowMs: number): Action[] {
  const missing = (set.spec.replicas ?? 1) - active.length;
  if (missing > 0) return Array.from({ length: Math.min(missing, burst) }, () => createPod(replicaSets, set));
  if (missing === 0) return [];
  const victims = chooseVictims(active, relatedPods(set, observed), Math.min(-missing, burst), nowMs);
  return victims.map((pod) => deletePod(replicaSets, set, pod));
}

/** The active pods of all ReplicaSets that this one's owner manages. */
function relatedPods(set: ReplicaSet, observed: Observed): readonly Pod[] {
  const owner = controllerOf(set);
  const siblings = owner ? observed.find(replicaSets, byController as Index<ReplicaSet>, owner.uid) : [set];
  return siblings.flatMap((sibling) => controlledBy(observed, pods, sibling).filter(isActive));
}

/** Nothing tells when a ready pod has been so for long enough. */
function requeue(set: ReplicaSet, active: readonly Pod[], nowMs: number): { requeueAfterMs?: number } {
  const dueMs = active.map((pod) => availableAtMs(pod, set.spec.minReadySeconds ?? 0)).filter((at) => at > nowMs && at < Infinity);
  return dueMs.length > 0 ? { requeueAfterMs: Math.min(...dueMs) - nowMs } : {};
}
