import { timestamp } from '../../../../api/clock';
import type { Job, JobCondition, JobStatus } from '../../../../api/generated/batch.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import { omitZero } from '../../../omit';
import { isReady } from '../../../pod-state';
import { newCondition } from './conditions';
import { verdictOn } from './failure-policy';
import { completionIndex, formatIndexes } from './indexes';
import type { Outcome } from './outcome';
import { completionsOf, isFailedPod, isIndexed, isTracked, type Tally } from './tally';

/** Uids of pods that have ended and are not in the counters yet. Above this many, the rest waits for the next pass. */
const uncountedMax = 500;

/** Pods that are not held back any more have been written down: they go over into the counters. */
export function settleUncounted(status: JobStatus, pods: readonly Pod[]): JobStatus {
  const held = new Set(pods.filter(isTracked).map(({ metadata }) => metadata.uid));
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const left = { succeeded: succeeded.filter((uid) => held.has(uid)), failed: failed.filter((uid) => held.has(uid)) };
  return {
    ...status,
    ...omitZero({
      succeeded: (status.succeeded ?? 0) + succeeded.length - left.succeeded.length,
      failed: (status.failed ?? 0) + failed.length - left.failed.length,
    }),
    uncountedTerminatedPods: { ...(left.succeeded.length > 0 && { succeeded: left.succeeded }), ...(left.failed.length > 0 && { failed: left.failed }) },
  };
}

/** What is written down now, and the pods that may then be let go. */
export interface Accounting {
  readonly status: JobStatus;
  readonly release: readonly Pod[];
}

/** After trackJobStatusAndRemoveFinalizers of pkg/controller/job. `kept` are failed pods that the next one of their index needs. */
export function account(job: Job, status: JobStatus, pods: readonly Pod[], tally: Tally, outcome: Outcome | undefined, kept: ReadonlySet<Pod>): Accounting {
  const release: Pod[] = [];
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const uncounted = { succeeded: [...succeeded], failed: [...failed] };
  for (const pod of pods.filter(isTracked)) {
    if (uncounted.succeeded.length + uncounted.failed.length >= uncountedMax) break;
    const uid = pod.metadata.uid ?? '';
    const isFailed = isFailedPod(job, pod);
    const ends = job.metadata.deletionTimestamp !== undefined || outcome !== undefined || pod.status?.phase === 'Succeeded';
    if (!ends && (!isFailed || kept.has(pod))) continue;
    release.push(pod);
    if (failed.includes(uid) || succeeded.includes(uid)) continue;
    if (pod.status?.phase === 'Succeeded') {
      // An index is its own proof that it was counted.
      if (!isIndexed(job)) uncounted.succeeded.push(uid);
    } else if (countsAsFailed(pod, isFailed, outcome) && hasPlace(job, pod) && verdictOn(job, pod).counts) uncounted.failed.push(uid);
  }
  return { status: { ...status, ...indexFields(job, tally), uncountedTerminatedPods: omitEmpty(uncounted) }, release };
}

/** When the job fails, all that are left do; when it has succeeded, only those that had failed before. */
function countsAsFailed({ status }: Pod, isFailed: boolean, outcome: Outcome | undefined): boolean {
  if (outcome?.type === 'failure') return true;
  return outcome ? status?.phase === 'Failed' : isFailed;
}

const omitEmpty = ({ succeeded, failed }: { succeeded: string[]; failed: string[] }) =>
  ({ ...(succeeded.length > 0 && { succeeded }), ...(failed.length > 0 && { failed }) });

function hasPlace(job: Job, pod: Pod): boolean {
  const index = completionIndex(pod);
  return !isIndexed(job) || (index !== undefined && index < completionsOf(job));
}

function indexFields(job: Job, { succeededIndexes, failedIndexes }: Tally): Partial<JobStatus> {
  if (!isIndexed(job)) return {};
  return {
    ...omitZero({ succeeded: succeededIndexes.size, completedIndexes: formatIndexes(succeededIndexes) }),
    ...(failedIndexes && { failedIndexes: formatIndexes(failedIndexes) }),
  };
}

const interim = { success: 'SuccessCriteriaMet', failure: 'FailureTarget' } as const;
const final = { success: 'Complete', failure: 'Failed' } as const;

const isEmpty = ({ uncountedTerminatedPods: { succeeded = [], failed = [] } = {} }: JobStatus) => succeeded.length + failed.length === 0;

/** First it is said how the job ends; that it has ended, when the last pod is gone and counted. */
export function conclude(status: JobStatus, outcome: Outcome, pending: boolean, nowMs: number): JobStatus {
  const { type, reason, message } = outcome;
  const known = status.conditions ?? [];
  const said = known.some((condition) => condition.type === interim[type]);
  const conditions: JobCondition[] = said ? known : [...known, newCondition(interim[type], reason, message, nowMs)];
  if (pending || !isEmpty(status)) return { ...status, conditions };
  return {
    ...status,
    conditions: [...conditions, newCondition(final[type], reason, message, nowMs)],
    ...(type === 'success' && { completionTime: timestamp(nowMs) }),
  };
}

/** Counts of pods as they are now, with what this pass does to them. */
export function withPods(status: JobStatus, counts: { active: number; ready: readonly Pod[]; terminating: number }): JobStatus {
  const { active: _, ...rest } = status;
  return { ...rest, ...omitZero({ active: counts.active }), ready: counts.ready.filter(isReady).length, terminating: counts.terminating };
}

/** Condition Suspended; resuming starts the clock anew. */
export function noteSuspension(job: Job, status: JobStatus, nowMs: number): { status: JobStatus; changed?: 'Suspended' | 'Resumed' } {
  const known = status.conditions ?? [];
  const before = known.find(({ type }) => type === 'Suspended');
  const wanted = job.spec.suspend ? 'True' : 'False';
  if ((before?.status ?? 'False') === wanted) return { status };
  const changed = job.spec.suspend ? 'Suspended' : 'Resumed';
  const condition = newCondition('Suspended', `Job${changed}`, `Job ${changed.toLowerCase()}`, nowMs, wanted);
  const conditions = before ? known.map((each) => (each === before ? condition : each)) : [...known, condition];
  return { status: { ...status, conditions, ...(changed === 'Resumed' && { startTime: timestamp(nowMs) }) }, changed };
}
