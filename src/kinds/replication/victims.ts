import type { Pod } from '../../api/generated/core.v1';
import { isReady, readySinceMs, restartCount } from '../pod-state';

/** Negative when `a` should be deleted before `b`. */
type Preference = (a: Pod, b: Pod, colocated: ReadonlyMap<string, number>, nowMs: number) => number;

const phaseOrder: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };
const phase = (pod: Pod) => phaseOrder[pod.status?.phase ?? 'Pending'] ?? 0;
const assigned = (pod: Pod) => Number(Boolean(pod.spec?.nodeName));
const neighbours = (pod: Pod, colocated: ReadonlyMap<string, number>) => colocated.get(pod.spec?.nodeName ?? '') ?? 0;

function deletionCost(pod: Pod): number {
  const cost = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  return cost !== undefined && /^(0|-?[1-9][0-9]*)$/.test(cost) ? Number(cost) : 0;
}

/** Ages are compared by order of magnitude, so that not always the youngest goes; ties by uid. */
function younger(a: number | undefined, b: number | undefined, nowMs: number, uids: [string, string]): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a === b) return 0;
  const magnitude = (sinceMs: number) => (nowMs > sinceMs ? Math.trunc(Math.log2((nowMs - sinceMs) * 1e6)) : -1);
  return magnitude(a) - magnitude(b) || (uids[0] < uids[1] ? -1 : 1);
}

const uidsOf = (a: Pod, b: Pod): [string, string] => [a.metadata.uid ?? '', b.metadata.uid ?? ''];
const createdMs = (pod: Pod) => (pod.metadata.creationTimestamp ? Date.parse(pod.metadata.creationTimestamp) : undefined);

/** In order of weight. After k8s.io/kubernetes/pkg/controller.ActivePodsWithRanks. */
const preferences: readonly Preference[] = [
  (a, b) => assigned(a) - assigned(b),
  (a, b) => phase(a) - phase(b),
  (a, b) => Number(isReady(a)) - Number(isReady(b)),
  (a, b) => deletionCost(a) - deletionCost(b),
  (a, b, colocated) => neighbours(b, colocated) - neighbours(a, colocated),
  (a, b, _, nowMs) => (isReady(a) && isReady(b) ? younger(readySinceMs(a), readySinceMs(b), nowMs, uidsOf(a, b)) : 0),
  (a, b) => restartCount(b) - restartCount(a),
  (a, b, _, nowMs) => younger(createdMs(a), createdMs(b), nowMs, uidsOf(a, b)),
];

/**
 * The `count` pods to delete first. `related` are the active pods of all ReplicaSets of the same owner: nodes that
 * run many of them are relieved first.
 */
export function chooseVictims(pods: readonly Pod[], related: readonly Pod[], count: number, nowMs: number): readonly Pod[] {
  if (count >= pods.length) return pods;
  const colocated = new Map<string, number>();
  for (const { spec } of related) {
    if (spec?.nodeName) colocated.set(spec.nodeName, (colocated.get(spec.nodeName) ?? 0) + 1);
  }
  const compare = (a: Pod, b: Pod): number => {
    for (const prefer of preferences) {
      const order = prefer(a, b, colocated, nowMs);
      if (order !== 0) return order;
    }
    return 0;
  };
  return [...pods].sort(compare).slice(0, count);
}
