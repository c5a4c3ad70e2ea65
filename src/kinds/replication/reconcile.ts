import { semanticEqual } from '../../api/equal';
import type { Pod } from '../../api/generated/core.v1';
import { controllerOf, type LabelSelector } from '../../api/meta';
import { updateStatus, type Action, type Plan } from '../actions';
import { byController, claim, controlledBy, watchOwned } from '../owners';
import { createPod, deletePod } from '../pod-control';
import { availableAtMs, isActive } from '../pod-state';
import { reconciler, type Index, type Observed, type ReconcileContext, type Reconciler } from '../reconciler';
import { pods, type ResourceRef } from '../resources';
import type { Replicated } from './replicated';
import { calculateStatus } from './status';
import { chooseVictims } from './victims';

/** Pods created or deleted in one go. */
const burst = 500;

export interface Replication<T extends Replicated> {
  /** Source of the events. */
  readonly name: string;
  readonly resource: ResourceRef<T>;
  selectorOf(set: T): LabelSelector | undefined;
}

/** Keeps as many active pods as the spec says. After k8s.io/kubernetes/pkg/controller/replicaset. */
export const replicationReconciler = <T extends Replicated>(kind: Replication<T>): Reconciler => reconciler<T>({
  name: kind.name,
  resource: kind.resource,
  watches: [watchOwned(pods, kind.resource, (set) => kind.selectorOf(set))],
  reconcile: (set, observed, context) => reconcileReplicas(kind, set, observed, context),
});

export function reconcileReplicas<T extends Replicated>(kind: Replication<T>, set: T, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const { resource } = kind;
  const { owned: active, actions: claims } = claim(observed, pods, set, resource, kind.selectorOf(set), isActive);
  const changes = set.metadata.deletionTimestamp ? [] : scale(resource, set, active, observed, nowMs);
  const statusAfter = (failure?: Error) => {
    const status = calculateStatus(set, active, failure, nowMs);
    return semanticEqual(set.status, status) ? [] : [updateStatus<T>(resource, { ...set, status })];
  };
  const batch: Action[] = changes.length > 0 ? [{ type: 'batch', actions: changes, failed: statusAfter }] : [];
  return { actions: [...claims, ...batch, ...statusAfter()], ...requeue(set, active, nowMs) };
}

function scale(resource: ResourceRef, set: Replicated, active: readonly Pod[], observed: Observed, nowMs: number): Action[] {
  const missing = (set.spec?.replicas ?? 1) - active.length;
  if (missing > 0) return Array.from({ length: Math.min(missing, burst) }, () => createPod(resource, set, set.spec?.template ?? {}));
  if (missing === 0) return [];
  const victims = chooseVictims(active, relatedPods(resource, set, observed), Math.min(-missing, burst), nowMs);
  return victims.map((pod) => deletePod(resource, set, pod));
}

/** The active pods of all sets that this one's owner manages. */
function relatedPods(resource: ResourceRef, set: Replicated, observed: Observed): readonly Pod[] {
  const owner = controllerOf(set);
  const siblings = owner ? observed.find(resource, byController as Index, owner.uid) : [set];
  return siblings.flatMap((sibling) => controlledBy(observed, pods, sibling).filter(isActive));
}

/** Nothing tells when a ready pod has been so for long enough. */
function requeue(set: Replicated, active: readonly Pod[], nowMs: number): { requeueAfterMs?: number } {
  const dueMs = active.map((pod) => availableAtMs(pod, set.spec?.minReadySeconds ?? 0)).filter((at) => at > nowMs && at < Infinity);
  return dueMs.length > 0 ? { requeueAfterMs: Math.min(...dueMs) - nowMs } : {};
}
