import type { Job, JobStatus } from '../../../../api/generated/batch.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import { isActive, isFinished } from '../../../pod-state';
import { verdictOn } from './failure-policy';
import { completionIndex, parseIndexes } from './indexes';

/** Holds back a pod until the job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

export const isTracked = ({ metadata }: Pod): boolean => metadata.finalizers?.includes(trackingFinalizer) ?? false;

export const untracked = (pod: Pod): Pod =>
  ({ ...pod, metadata: { ...pod.metadata, finalizers: (pod.metadata.finalizers ?? []).filter((each) => each !== trackingFinalizer) } });

export const isSuspended = ({ spec }: Job): boolean => spec.suspend === true;
export const isIndexed = ({ spec }: Job): boolean => spec.completionMode === 'Indexed';
export const completionsOf = ({ spec }: Job): number => spec.completions ?? 0;
export const limitsIndexes = (job: Job): boolean => isIndexed(job) && job.spec.backoffLimitPerIndex !== undefined;

const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined && !isFinished(pod);

/** A pod is replaced when it has failed for good, not as soon as it is being deleted. */
export const replacesOnlyFailed = ({ spec }: Job): boolean => spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;

/** One that is being deleted counts as failed, since it may never get so far; unless only real failures count. */
export function isFailedPod(job: Job, { status, metadata }: Pod): boolean {
  if (status?.phase === 'Failed') return true;
  return !replacesOnlyFailed(job) && metadata.deletionTimestamp !== undefined && status?.phase !== 'Succeeded';
}

const hasValidIndex = (job: Job, pod: Pod): boolean => {
  const index = completionIndex(pod);
  return !isIndexed(job) || (index !== undefined && index < completionsOf(job));
};

/** What a job has come to, those of its pods included that it has not written down yet. */
export interface Tally {
  readonly active: readonly Pod[];
  readonly terminating: readonly Pod[];
  readonly succeeded: number;
  readonly failed: number;
  /** Of Indexed jobs. */
  readonly succeededIndexes: ReadonlySet<number>;
  /** Of jobs that limit failures by index. */
  readonly failedIndexes?: ReadonlySet<number>;
}

/** After calculateSucceededIndexes, calculateFailedIndexes and getNewFinishedPods of pkg/controller/job. */
export function tallyOf(job: Job, status: JobStatus, pods: readonly Pod[]): Tally {
  const { succeeded: known = [], failed: knownFailed = [] } = status.uncountedTerminatedPods ?? {};
  const fresh = pods.filter((pod) => isTracked(pod) && hasValidIndex(job, pod));
  const succeeded = fresh.filter((pod) => pod.status?.phase === 'Succeeded');
  const failed = fresh.filter((pod) => isFailedPod(job, pod));
  const indexesOf = (of: readonly Pod[]) => of.map((pod) => completionIndex(pod)!);
  const counted = failed.filter((pod) => !knownFailed.includes(pod.metadata.uid!) && verdictOn(job, pod).counts);
  const succeededIndexes = isIndexed(job)
    ? new Set([...parseIndexes(status.completedIndexes, completionsOf(job)), ...indexesOf(succeeded)]) : new Set<number>();
  const newlySucceeded = succeeded.filter((pod) => !known.includes(pod.metadata.uid!)).length;
  return {
    active: pods.filter(isActive),
    terminating: pods.filter(isTerminating),
    succeeded: isIndexed(job) ? succeededIndexes.size : (status.succeeded ?? 0) + known.length + newlySucceeded,
    failed: (status.failed ?? 0) + knownFailed.length + counted.length,
    succeededIndexes,
    ...(limitsIndexes(job) && {
      failedIndexes: new Set([...parseIndexes(status.failedIndexes, completionsOf(job)), ...indexesOf(failed.filter((pod) => isIndexFailed(job, pod)))]),
    }),
  };
}

const failureCountKey = 'batch.kubernetes.io/job-index-failure-count';
const ignoredCountKey = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** How often pods of its index had failed before this one. */
export function priorFailures({ metadata: { annotations = {} } }: Pod): { counted: number; ignored: number } {
  const count = (key: string) => (/^[0-9]+$/.test(annotations[key] ?? '') ? Number(annotations[key]) : 0);
  return { counted: count(failureCountKey), ignored: count(ignoredCountKey) };
}

/** For the pod that follows `replaced`. */
export function failureAnnotations(job: Job, replaced: Pod | undefined): Record<string, string> {
  const { counted, ignored } = replaced ? priorFailures(replaced) : { counted: 0, ignored: 0 };
  const one = replaced ? 1 : 0;
  const counts = !replaced || verdictOn(job, replaced).counts;
  const ignoredNow = ignored + (counts ? 0 : one);
  return { [failureCountKey]: String(counted + (counts ? one : 0)), ...(ignoredNow > 0 && { [ignoredCountKey]: String(ignoredNow) }) };
}

function isIndexFailed(job: Job, pod: Pod): boolean {
  const { action, counts } = verdictOn(job, pod);
  return action === 'FailIndex' || (counts && priorFailures(pod).counted >= job.spec.backoffLimitPerIndex!);
}

/**
 * The last failed pod of each index that waits for its next: it is kept until that is there and bears the count of
 * failures. After getPodsWithDelayedDeletionPerIndex of pkg/controller/job.
 */
export function heldBack(job: Job, pods: readonly Pod[], { active, succeededIndexes, failedIndexes }: Tally): ReadonlyMap<number, Pod> {
  const held = new Map<number, Pod>();
  if (!failedIndexes) return held;
  const settled = new Set([...succeededIndexes, ...failedIndexes, ...active.map(completionIndex)]);
  const all = (pod: Pod) => priorFailures(pod).counted + priorFailures(pod).ignored;
  for (const pod of pods.filter((each) => isTracked(each) && isFailedPod(job, each) && hasValidIndex(job, each))) {
    const index = completionIndex(pod)!;
    const known = held.get(index);
    if (!settled.has(index) && (!known || all(known) <= all(pod))) held.set(index, pod);
  }
  return held;
}
