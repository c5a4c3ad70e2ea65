import type { Node, Pod } from '../../../api/generated/core.v1';
import { objectKey } from '../../../api/meta';
import { nothingToDo, remove, updateStatus, type Action, type Plan } from '../../actions';
import { byNode, isFinished, isPlacedAlike, podCondition, withDisruption } from '../../pod-state';
import { reconciler, watch, type Index, type Observed, type ReconcileContext } from '../../reconciler';
import { nodes, pods } from '../../resources';

/** A node that a pod was bound to just now may not be observed yet. */
const quarantineMs = 40_000;

/** Ended pods beyond this many are removed, the oldest first. */
const endedMax = 12_500;

const ended: Index<Pod> = { name: 'ended', values: (pod) => (isFinished(pod) ? [''] : []) };

/** Removes pods whose node is gone and pods that were deleted before they had one, and the oldest of too many that have ended. After k8s.io/kubernetes/pkg/controller/podgc. */
export const podGarbageCollector = reconciler<Pod>({
  name: 'pod-garbage-collector-controller',
  resource: pods,
  concerns: (pod, old) => !old || !isPlacedAlike(pod, old),
  watches: [watch<Node>({
    resource: nodes,
    concerns: () => false,
    keys: ({ metadata }, observed) => observed.find(pods, byNode, metadata.name).map((pod) => objectKey(pod)),
  })],
  reconcile: (pod, observed, context) => {
    const { actions, ...rest } = reconcilePod(pod, observed, context);
    return { actions: [...actions, ...(isFinished(pod) ? tooMany(observed).map(removeNow) : [])], ...rest };
  },
});

/** Evicted ones go before others. */
export function tooMany(observed: Observed, most = endedMax): readonly Pod[] {
  const all = observed.find(pods, ended, '');
  if (all.length <= most) return [];
  const isEvicted = ({ status }: Pod) => status?.phase === 'Failed' && status.reason === 'Evicted';
  const created = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  const order = (a: Pod, b: Pod) => Number(isEvicted(b)) - Number(isEvicted(a)) || created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
  return [...all].sort(order).slice(0, all.length - most);
}

export function reconcilePod(pod: Pod, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const nodeName = pod.spec?.nodeName;
  if (!nodeName) return pod.metadata.deletionTimestamp ? { actions: [removeNow(pod)] } : nothingToDo;
  if (observed.get(nodes, nodeName)) return nothingToDo;
  const boundMs = Date.parse(podCondition(pod, 'PodScheduled')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? '') || 0;
  const waitMs = boundMs + quarantineMs - nowMs;
  if (waitMs > 0) return { actions: [], requeueAfterMs: waitMs };
  return { actions: [...(isFinished(pod) ? [] : [declareFailed(pod, nowMs)]), removeNow(pod)] };
}

const removeNow = (pod: Pod): Action => remove(pods, pod, { gracePeriodSeconds: 0 });

function declareFailed(pod: Pod, nowMs: number): Action {
  const { status, ...rest } = withDisruption(pod, 'DeletionByPodGC', 'PodGC: node no longer exists', nowMs);
  return updateStatus(pods, { ...rest, status: { ...status, phase: 'Failed' } });
}
