import { semanticEqual } from '../../../api/equal';
import type { ControllerRevision, StatefulSet, StatefulSetStatus } from '../../../api/generated/apps.v1';
import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import { objectKey } from '../../../api/meta';
import { nothingToDo, remove, updateStatus, type Action, type Plan } from '../../actions';
import { historyOf, type History } from '../../history';
import { claim, watchOwned } from '../../owners';
import { availableAtMs } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { controllerRevisions, persistentVolumeClaims, pods, statefulSets } from '../../resources';
import { ordinalOf, revisionOf } from './identity';
import { calculateStatus } from './status';
import { decide, sortOut, type Members } from './steps';

/** On the revision itself; pods bear its name. */
const hashLabel = 'controller.kubernetes.io/hash';

/** Keeps pods that have names. After k8s.io/kubernetes/pkg/controller/statefulset. */
export const statefulSetController = reconciler<StatefulSet>({
  name: 'statefulset-controller',
  resource: statefulSets,
  watches: [
    watchOwned(pods, statefulSets, (set) => set.spec.selector),
    watchOwned(controllerRevisions, statefulSets, (set) => set.spec.selector),
    // A pod waits until the claim of its predecessor is gone.
    watch<PersistentVolumeClaim>({
      resource: persistentVolumeClaims,
      concerns: () => false,
      keys: ({ metadata }, observed) => observed.list(statefulSets, metadata.namespace)
        .filter(({ metadata: { name }, spec }) => spec.volumeClaimTemplates?.some((template) => metadata.name.startsWith(`${template.metadata.name}-${name}-`)))
        .map((set) => objectKey(set)),
    }),
  ],
  reconcile: reconcileStatefulSet,
});

export function reconcileStatefulSet(set: StatefulSet, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const { owned: candidates, actions: claims } = claim(observed, pods, set, statefulSets, set.spec.selector, (pod) => ordinalOf(set, pod) !== undefined);
  if (set.metadata.deletionTimestamp) return nothingToDo;
  const history = historyOf(set, statefulSets, observed, hashLabel);
  const updated = history.current;
  if (!updated) return { actions: [...history.actions, ...writeStatus(set, movedOn(set))] };
  const current = history.known.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? updated;
  const members: Members = { set, current, updated, ...sortOut(set, candidates), observed, nowMs };
  return {
    actions: [
      ...history.actions, ...claims,
      // What has just been adopted is looked at when that is observed.
      ...(claims.length > 0 ? [] : decide(members)),
      ...superfluousRevisions(members, history, candidates).map((revision) => remove(controllerRevisions, revision)),
      ...writeStatus(set, calculateStatus(members, candidates)),
    ],
    ...requeue(set, candidates, nowMs),
  };
}

const movedOn = ({ status }: StatefulSet): StatefulSetStatus => ({ ...status!, collisionCount: (status?.collisionCount ?? 0) + 1 });

const writeStatus = (set: StatefulSet, status: StatefulSetStatus): Action[] =>
  (semanticEqual(set.status, status) ? [] : [updateStatus(statefulSets, { ...set, status })]);

/** Revisions beyond the history limit, the oldest first; never one that is in use. */
function superfluousRevisions({ set, current, updated }: Members, { known }: History, owned: readonly Pod[]): readonly ControllerRevision[] {
  const live = new Set([current.metadata.name, updated.metadata.name, ...owned.map(revisionOf)]);
  const idle = known.filter(({ metadata }) => !live.has(metadata.name));
  return idle.slice(0, Math.max(0, idle.length - (set.spec.revisionHistoryLimit ?? 10)));
}

/** Nothing tells when a ready pod has been so for long enough. */
function requeue({ spec }: StatefulSet, owned: readonly Pod[], nowMs: number): { requeueAfterMs?: number } {
  const dueMs = owned.map((pod) => availableAtMs(pod, spec.minReadySeconds ?? 0)).filter((at) => at > nowMs && at < Infinity);
  return dueMs.length > 0 ? { requeueAfterMs: Math.min(...dueMs) - nowMs } : {};
}
