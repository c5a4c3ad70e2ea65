import type { Job } from '../../../../api/generated/batch.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import { conditionOf } from './conditions';
import { verdictOn } from './failure-policy';
import { parseIndexes } from './indexes';
import { completionsOf, isFailedPod, isSuspended, type Tally } from './tally';

/** Why a job ends, and how. */
export interface Outcome {
  readonly type: 'success' | 'failure';
  readonly reason: string;
  readonly message: string;
}

const failure = (reason: string, message: string): Outcome => ({ type: 'failure', reason, message });

/** When the job has been active for too long, in milliseconds since the epoch. */
export function deadlineMs(job: Job, startMs: number): number {
  const { activeDeadlineSeconds } = job.spec;
  return activeDeadlineSeconds === undefined || isSuspended(job) ? Infinity : startMs + activeDeadlineSeconds * 1000;
}

/** Decided before, or for a reason that does not wait for the active pods. After syncJob of pkg/controller/job. */
export function outcomeOf(job: Job, pods: readonly Pod[], tally: Tally, startMs: number, nowMs: number): Outcome | undefined {
  return decided(job) ?? failureOf(job, pods, tally, startMs, nowMs) ?? successByPolicy(job, tally);
}

function decided(job: Job): Outcome | undefined {
  const [met, target] = [conditionOf(job, 'SuccessCriteriaMet'), conditionOf(job, 'FailureTarget')];
  const known = met ?? target;
  return known && { type: met ? 'success' : 'failure', reason: known.reason ?? '', message: known.message ?? '' };
}

function failureOf(job: Job, pods: readonly Pod[], { failed, failedIndexes, succeededIndexes }: Tally, startMs: number, nowMs: number): Outcome | undefined {
  const policy = pods.filter((pod) => isFailedPod(job, pod)).map((pod) => verdictOn(job, pod).jobFailure).find((message) => message !== undefined);
  if (policy !== undefined) return failure('PodFailurePolicy', policy);
  if (failed > (job.spec.backoffLimit ?? 6) || restartedTooOften(job, pods)) return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  if (deadlineMs(job, startMs) <= nowMs) return failure('DeadlineExceeded', 'Job was active longer than specified deadline');
  if (!failedIndexes) return undefined;
  if (failedIndexes.size > (job.spec.maxFailedIndexes ?? Infinity)) {
    return failure('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  }
  const allEnded = failedIndexes.size > 0 && failedIndexes.size + succeededIndexes.size >= completionsOf(job);
  return allEnded ? failure('FailedIndexes', 'Job has failed indexes') : undefined;
}

/** Where pods are restarted in place, their restarts are what counts. */
function restartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  const running = pods.filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending');
  const restarts = running.flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  const limit = spec.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function successByPolicy(job: Job, { succeededIndexes }: Tally): Outcome | undefined {
  const { successPolicy, completionMode } = job.spec;
  if (!successPolicy || completionMode !== 'Indexed' || succeededIndexes.size === 0) return undefined;
  const at = successPolicy.rules.findIndex(({ succeededIndexes: listed, succeededCount }) => {
    const required = listed === undefined ? undefined : parseIndexes(listed, completionsOf(job));
    const counting = required ? [...required].filter((index) => succeededIndexes.has(index)).length : succeededIndexes.size;
    return counting >= (succeededCount ?? required?.size ?? Infinity);
  });
  return at < 0 ? undefined : { type: 'success', reason: 'SuccessPolicy', message: `Matched rules at index ${at}` };
}
