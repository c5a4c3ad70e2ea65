import type { Pod } from '../../../../api/generated/core.v1';
import { podCondition } from '../../../pod-state';

const firstDelayMs = 10_000;
const lastDelayMs = 600_000;

/** When the pod ended, in milliseconds since the epoch, as well as it can be told. After getFinishedTime of pkg/controller/job. */
export function finishedMs(pod: Pod): number {
  const { containerStatuses = [] } = pod.status ?? {};
  const ends = containerStatuses.map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? ''));
  if (ends.length > 0 && ends.every((end) => !Number.isNaN(end))) return Math.max(...ends);
  const ready = podCondition(pod, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime);
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata;
  return deletionTimestamp ? Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000 : Date.parse(creationTimestamp ?? '') || 0;
}

/** Milliseconds since the epoch at which the next pod may come after so many failures in a row, doubling each time. */
export function nextPodMs(failures: number, lastFailureMs: number): number {
  return failures === 0 ? -Infinity : lastFailureMs + Math.min(firstDelayMs * 2 ** (failures - 1), lastDelayMs);
}

/**
 * After the failures since the last success. Upstream counts them in memory as they come; the pods tell as much and
 * still do after a restart.
 */
export function backedOffUntilMs(failed: readonly Pod[], succeeded: readonly Pod[]): number {
  const lastSuccessMs = Math.max(-Infinity, ...succeeded.map(finishedMs));
  const since = failed.map(finishedMs).filter((at) => at > lastSuccessMs);
  return nextPodMs(since.length, Math.max(...since));
}
