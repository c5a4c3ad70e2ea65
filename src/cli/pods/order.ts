import type { Pod } from '../../api/generated/core.v1';

/** Orders pods; the first is the one to take. */
export type PodOrder = (a: Pod, b: Pod) => number;

const unassigned = ({ spec }: Pod): number => (spec.nodeName ? 0 : 1);
const phases: Record<string, number> = { Running: 0, Unknown: 1, Pending: 2 };
const phase = ({ status }: Pod): number => phases[status?.phase ?? ''] ?? 0;
const readyCondition = ({ status }: Pod) => status?.conditions?.find(({ type }) => type === 'Ready');
const unready = (pod: Pod): number => (readyCondition(pod)?.status === 'True' ? 0 : 1);
const deleting = ({ metadata }: Pod): number => (metadata.deletionTimestamp ? 1 : 0);
const readySince = (pod: Pod): string => readyCondition(pod)?.lastTransitionTime ?? '9999';
const restarts = ({ status }: Pod): number => Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
const created = ({ metadata }: Pod): string => metadata.creationTimestamp ?? '9999';

const by = (...keys: ((pod: Pod) => number | string)[]): PodOrder => (a, b) => {
  for (const key of keys) {
    const [x, y] = [key(a), key(b)];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
};

/** The pod whose logs say most: placed, running, ready, for the longest time. After podutils.ByLogging. */
export const byLogging: PodOrder = by(unassigned, phase, unready, (pod) => (unready(pod) ? '' : readySince(pod)), restarts, created);

/** The pod that lives best, to enter it. After the reverse of podutils.ActivePods. */
export const byActivity: PodOrder = by(unassigned, phase, unready, deleting, (pod) => (unready(pod) ? '' : readySince(pod)), restarts, created);
