import { deepEqual } from '../../../api/equal';
import type { Node, Pod, Taint, Toleration } from '../../../api/generated/core.v1';
import { objectKey } from '../../../api/meta';
import { event, nothingToDo, remove, updateStatus, type Plan } from '../../actions';
import { byNode, isFinished, isPlacedAlike, withDisruption } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { nodes, pods } from '../../resources';
import { tolerates } from '../../taints';

/** Deletes pods that do not, or not for longer, bear a NoExecute taint of their node. After pkg/controller/tainteviction. */
export const taintEvictionController = reconciler<Pod>({
  name: 'taint-eviction-controller',
  resource: pods,
  concerns: (pod, old) => !old || !isPlacedAlike(pod, old) || pod.spec?.tolerations !== old.spec?.tolerations,
  watches: [watch<Node>({
    resource: nodes,
    concerns: (node, old) => !deepEqual(node.spec?.taints, old.spec?.taints),
    keys: ({ metadata }, observed) => observed.find(pods, byNode, metadata.name).map((pod) => objectKey(pod)),
  })],
  reconcile: reconcileEviction,
});

export function reconcileEviction(pod: Pod, observed: Observed, { nowMs, awaitedMs = Infinity }: ReconcileContext): Plan {
  if (!pod.spec?.nodeName || pod.metadata.deletionTimestamp || isFinished(pod)) return nothingToDo;
  const taints = observed.get(nodes, pod.spec.nodeName)?.spec?.taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];
  const latestMs = evictionMs(taints, pod.spec.tolerations ?? [], nowMs);
  if (latestMs === Infinity) return nothingToDo;
  // A taint that does not say since when it is there counts from when it was first seen.
  const dueMs = Math.min(latestMs, awaitedMs);
  if (dueMs > nowMs) return { actions: [], requeueAfterMs: dueMs - nowMs };
  return { actions: [
    updateStatus(pods, withDisruption(pod, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint', nowMs)),
    event(pods, pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${objectKey(pod)}`),
    remove(pods, pod),
  ] };
}

/** When a pod with these tolerations has to go, in milliseconds since the epoch. The shortest toleration counts, from the first taint on. */
function evictionMs(taints: readonly Taint[], tolerations: readonly Toleration[], nowMs: number): number {
  const used = taints.map((taint) => tolerations.filter((toleration) => tolerates(toleration, taint)));
  if (taints.length === 0) return Infinity;
  if (used.some((tolerating) => tolerating.length === 0)) return nowMs;
  const seconds = used.flat().map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity);
  const since = taints.map(({ timeAdded }) => (timeAdded ? Date.parse(timeAdded) : nowMs));
  return Math.min(...since) + Math.max(0, Math.min(...seconds)) * 1000;
}
