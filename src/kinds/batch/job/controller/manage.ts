import type { Job } from '../../../../api/generated/batch.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import { update, type Action } from '../../../actions';
import { deletePod } from '../../../pod-control';
import { chooseVictims } from '../../../replication/victims';
import { jobs, pods as podResource } from '../../../resources';
import { backedOffUntilMs, finishedMs, nextPodMs } from './backoff';
import { completionIndex, pendingIndexes } from './indexes';
import { createIndexedPod, createTrackedPod } from './pods';
import { completionsOf, isFailedPod, isIndexed, isSuspended, isTracked, limitsIndexes, priorFailures, replacesOnlyFailed, untracked, type Tally } from './tally';

/** Pods created or deleted in one go. */
const burst = 500;

/** What is done about the number of active pods. */
export interface Changes {
  readonly creations: readonly Action[];
  readonly victims: readonly Pod[];
  /** When more pods may come, in milliseconds since the epoch. */
  readonly nextPodMs?: number;
}

const none: Changes = { creations: [], victims: [] };

/** After manageJob of pkg/controller/job. */
export function manage(job: Job, pods: readonly Pod[], tally: Tally, held: ReadonlyMap<number, Pod>, nowMs: number): Changes {
  const { active, terminating } = tally;
  const wanted = isSuspended(job) ? 0 : wantedActive(job, tally);
  const victims = forRemoval(job, active, Math.max(0, active.length - wanted), nowMs).slice(0, burst);
  if (victims.length > 0 || isSuspended(job)) return { ...none, victims };
  const missing = Math.min(burst, wanted - active.length - (replacesOnlyFailed(job) ? terminating.length : 0));
  if (missing <= 0) return none;
  return limitsIndexes(job) ? replaceByIndex(job, tally, held, missing, nowMs) : replace(job, pods, tally, missing, nowMs);
}

/** Without completions the first success is the job's: what runs then goes on, nothing new comes. */
function wantedActive({ spec }: Job, { active, succeeded }: Tally): number {
  const parallelism = spec.parallelism ?? 1;
  if (spec.completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(parallelism, spec.completions - succeeded));
}

function replace(job: Job, pods: readonly Pod[], tally: Tally, missing: number, nowMs: number): Changes {
  const ended = (phase: string) => pods.filter(({ status }) => status?.phase === phase);
  const failed = pods.filter((pod) => pod.status?.phase === 'Failed' || (isFailedPod(job, pod) && isTracked(pod)));
  const untilMs = backedOffUntilMs(failed, ended('Succeeded'));
  if (untilMs > nowMs) return { ...none, nextPodMs: untilMs };
  if (!isIndexed(job)) return { ...none, creations: Array.from({ length: missing }, () => createTrackedPod(job)) };
  const indexes = pendingIndexes(takenIndexes(job, tally), missing, completionsOf(job));
  return { ...none, creations: indexes.map((index) => createIndexedPod(job, index, undefined)) };
}

/** Each index backs off for itself. */
function replaceByIndex(job: Job, tally: Tally, held: ReadonlyMap<number, Pod>, missing: number, nowMs: number): Changes {
  const indexes = pendingIndexes(takenIndexes(job, tally), missing, completionsOf(job)).map((index) => ({ index, fromMs: indexFromMs(held.get(index)) }));
  const ready = indexes.filter(({ fromMs }) => fromMs <= nowMs);
  const later = indexes.filter(({ fromMs }) => fromMs > nowMs).map(({ fromMs }) => fromMs);
  return { ...none, creations: ready.map(({ index }) => createIndexedPod(job, index, held.get(index))), ...(later.length > 0 && { nextPodMs: Math.min(...later) }) };
}

function indexFromMs(last: Pod | undefined): number {
  if (!last) return -Infinity;
  const { counted, ignored } = priorFailures(last);
  return nextPodMs(counted + ignored + 1, finishedMs(last));
}

function takenIndexes(job: Job, { active, terminating, succeededIndexes, failedIndexes = new Set() }: Tally): ReadonlySet<number> {
  const busy = [...active, ...(replacesOnlyFailed(job) ? terminating : [])].flatMap((pod) => completionIndex(pod) ?? []);
  return new Set([...succeededIndexes, ...failedIndexes, ...busy]);
}

/** Of an Indexed job first those without a place, or beside another in theirs. */
function forRemoval(job: Job, active: readonly Pod[], count: number, nowMs: number): readonly Pod[] {
  const misplaced = isIndexed(job) ? misplacedPods(active, completionsOf(job), nowMs) : [];
  const left = active.filter((pod) => !misplaced.includes(pod));
  return [...misplaced, ...(count > misplaced.length ? chooseVictims(left, [], count - misplaced.length, nowMs) : [])];
}

function misplacedPods(active: readonly Pod[], completions: number, nowMs: number): readonly Pod[] {
  const byIndex = new Map<number | undefined, Pod[]>();
  for (const pod of active) {
    const index = completionIndex(pod);
    const place = index !== undefined && index < completions ? index : undefined;
    byIndex.set(place, [...(byIndex.get(place) ?? []), pod]);
  }
  return [...byIndex].flatMap(([place, all]) => (place === undefined ? all : all.length > 1 ? chooseVictims(all, [], all.length - 1, nowMs) : []));
}

/** A pod that the job itself takes away does not count as failed: it is let go before it is deleted. */
export const takeAway = (job: Job, pod: Pod): Action =>
  (isTracked(pod) ? update(podResource, untracked(pod), { succeeded: () => [deletePod(jobs, job, pod)] }) : deletePod(jobs, job, pod));
