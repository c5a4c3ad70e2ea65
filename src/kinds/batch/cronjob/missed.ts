import type { CronJob } from '../../../api/generated/batch.v1';
import { nextTime } from './next-time';
import type { Schedule } from './schedule';

/** Starts that were due since the last one. All in milliseconds since the epoch. */
export interface Missed {
  /** Since when starts are looked for. */
  readonly sinceMs: number;
  /** The latest that was due. */
  readonly latestMs?: number;
  /** About how many were due: counted by the distance of the first two. */
  readonly count: number;
}

/** More than this is told as a sign that something is wrong. */
export const manyMissed = 100;

/** Upstream comes a moment late, so that a clock that is not quite exact misses nothing. */
const lateMs = 100;

/** Undefined when the schedule never comes up. After mostRecentScheduleTime of pkg/controller/cronjob. */
export function missedTimes(cronJob: CronJob, schedule: Schedule, nowMs: number, withDeadline: boolean): Missed | undefined {
  const { startingDeadlineSeconds, timeZone } = cronJob.spec!;
  const deadlineMs = withDeadline && startingDeadlineSeconds !== undefined ? nowMs - startingDeadlineSeconds * 1000 : -Infinity;
  const lastMs = Date.parse(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp ?? '') || 0;
  const sinceMs = Math.max(lastMs, deadlineMs);
  const next = (afterMs: number) => nextTime(schedule, afterMs, timeZone);
  const first = next(sinceMs);
  const second = first === undefined ? undefined : next(first);
  if (first === undefined || second === undefined) return undefined;
  if (nowMs < first) return { sinceMs, count: 0 };
  if (nowMs < second) return { sinceMs, latestMs: first, count: 0 };
  const count = Math.floor((nowMs - first) / (second - first)) + 1;
  let latestMs: number | undefined;
  for (let at = next(first + (count - 2) * (second - first)); at !== undefined && at <= nowMs; at = next(at)) latestMs = at;
  return { sinceMs, ...(latestMs !== undefined && { latestMs }), count };
}

/** How long until the schedule is to be looked at again, in milliseconds. After nextScheduleTimeDuration. */
export function untilNextMs(cronJob: CronJob, schedule: Schedule, nowMs: number): number {
  const missed = missedTimes(cronJob, schedule, nowMs, false);
  const fromMs = missed ? missed.latestMs ?? (missed.count === 0 ? missed.sinceMs : nowMs) : nowMs;
  const next = nextTime(schedule, fromMs, cronJob.spec!.timeZone) ?? nowMs;
  return Math.max(0, next + lateMs - nowMs);
}
