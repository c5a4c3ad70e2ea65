import { timestamp } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { CronJob, CronJobStatus, Job } from '../../../api/generated/batch.v1';
import { controllerOf } from '../../../api/meta';
import { create, event, type Action, type Plan } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { controlledBy, controllerRef } from '../../owners';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { cronJobs, jobs } from '../../resources';
import { cleanUp, deleteJob, endingOf, referenceTo, review, writeStatus } from './active-jobs';
import { manyMissed, missedTimes, untilNextMs } from './missed';
import { parseSchedule, type Schedule } from './schedule';
import { zoned } from './zone';

/** Starts jobs on time. After k8s.io/kubernetes/pkg/controller/cronjob. */
export const cronJobController = reconciler<CronJob>({
  name: 'cronjob-controller',
  resource: cronJobs,
  watches: [watch<Job>({
    resource: jobs,
    keys: (job) => {
      const owner = controllerOf(job);
      return owner?.kind === 'CronJob' ? [`${job.metadata.namespace}/${owner.name}`] : [];
    },
  })],
  reconcile: reconcileCronJob,
});

const tell = (cronJob: CronJob, severity: 'Normal' | 'Warning', reason: string, message: string): Action =>
  event(cronJobs, cronJob, severity, reason, message);

export function reconcileCronJob(cronJob: CronJob, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const owned = controlledBy(observed, jobs, cronJob);
  const reviewed = review(cronJob, owned);
  const before = [...cleanUp(cronJob, owned), ...reviewed.actions];
  const idle = (actions: readonly Action[] = [], requeueAfterMs?: number): Plan =>
    ({ actions: [...before, ...actions, ...writeStatus(cronJob, reviewed.status)], ...(requeueAfterMs !== undefined && { requeueAfterMs }) });
  if (cronJob.metadata.deletionTimestamp || cronJob.spec?.suspend) return idle();
  const schedule = scheduleOf(cronJob);
  if (!('schedule' in schedule)) return idle([schedule.refused]);
  const start = dueStart(cronJob, schedule.schedule, reviewed.status, nowMs);
  const next = untilNextMs(cronJob, schedule.schedule, nowMs);
  if (start.atMs === undefined) return idle(start.actions, start.never ? undefined : next);
  // After the start the next one is counted from it.
  const started = { ...cronJob, status: { ...reviewed.status, lastScheduleTime: timestamp(start.atMs) } };
  return { actions: [...before, ...start.actions, ...startJob(cronJob, owned, reviewed.status, start.atMs)], requeueAfterMs: untilNextMs(started, schedule.schedule, nowMs) };
}

function scheduleOf(cronJob: CronJob): { schedule: Schedule } | { refused: Action } {
  const { schedule, timeZone } = cronJob.spec!;
  try {
    zoned(timeZone);
  } catch {
    return { refused: tell(cronJob, 'Warning', 'UnknownTimeZone', `invalid timeZone: ${JSON.stringify(timeZone)}: unknown time zone ${timeZone}`) };
  }
  try {
    return { schedule: parseSchedule(schedule) };
  } catch (error) {
    return { refused: tell(cronJob, 'Warning', 'UnparseableSchedule', `unparseable schedule: ${JSON.stringify(schedule)} : ${(error as Error).message}`) };
  }
}

interface Start {
  /** In milliseconds since the epoch; undefined when none is due, or none may be. */
  readonly atMs?: number;
  readonly actions: readonly Action[];
  /** There is nothing to wait for, either. */
  readonly never?: boolean;
}

function dueStart(cronJob: CronJob, schedule: Schedule, status: CronJobStatus, nowMs: number): Start {
  const { schedule: text, startingDeadlineSeconds = Infinity, concurrencyPolicy } = cronJob.spec!;
  const missed = missedTimes(cronJob, schedule, nowMs, true);
  if (!missed) return { never: true, actions: [tell(cronJob, 'Warning', 'InvalidSchedule', `invalid schedule: ${text} : time difference between two schedules is less than 1 second`)] };
  const { latestMs, count } = missed;
  if (latestMs === undefined) return { actions: [] };
  const many = count > manyMissed ? [tell(cronJob, 'Warning', 'TooManyMissedTimes',
    'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew')] : [];
  if (latestMs + startingDeadlineSeconds * 1000 < nowMs) return { actions: [...many, tell(cronJob, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${rfc1123(latestMs)}`)] };
  const active = status.active ?? [];
  const isDone = active.some(({ name }) => name === jobName(cronJob, latestMs)) || cronJob.status?.lastScheduleTime === timestamp(latestMs);
  if (isDone) return { actions: many };
  if (concurrencyPolicy === 'Forbid' && active.length > 0) {
    return { actions: [...many, tell(cronJob, 'Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid')] };
  }
  return { atMs: latestMs, actions: many };
}

/** `Mon, 02 Jan 2006 15:04:05 +0000` */
const rfc1123 = (atMs: number) => new Date(atMs).toUTCString().replace('GMT', '+0000');

/** Named by its minute, so that it cannot be started twice. */
const jobName = ({ metadata }: CronJob, atMs: number) => `${metadata.name}-${Math.floor(atMs / 60_000)}`;

function startJob(cronJob: CronJob, owned: readonly Job[], status: CronJobStatus, atMs: number): Action[] {
  const name = jobName(cronJob, atMs);
  const replaced = cronJob.spec!.concurrencyPolicy === 'Replace' ? owned.filter((job) => status.active?.some(({ uid }) => uid === job.metadata.uid)) : [];
  const active = (status.active ?? []).filter(({ uid }) => !replaced.some(({ metadata }) => metadata.uid === uid));
  const noted = (job: Job) => writeStatus(cronJob, {
    ...status, active: [...active, ...(endingOf(job) ? [] : [referenceTo(job)])], lastScheduleTime: timestamp(atMs),
  });
  const known = owned.find((job) => job.metadata.name === name);
  if (known) return noted(known);
  return [
    ...replaced.map((job) => deleteJob(cronJob, job)),
    create(jobs, newJob(cronJob, name, atMs), {
      succeeded: (job) => [tell(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`), ...noted(job)],
      failed: (error) => (isReason(error, 'AlreadyExists') ? [] : [tell(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`)]),
      tolerates: namespaceTerminating,
    }),
  ];
}

const scheduledAnnotation = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

function newJob(cronJob: CronJob, name: string, atMs: number): Job {
  const { jobTemplate: { metadata, spec }, timeZone } = cronJob.spec!;
  const { namespace } = cronJob.metadata;
  return {
    metadata: {
      name, ...(namespace && { namespace }), ...(metadata?.labels && { labels: metadata.labels }),
      annotations: { ...metadata?.annotations, [scheduledAnnotation]: zoned(timeZone).format(atMs) },
      ownerReferences: [controllerRef(cronJobs, cronJob)],
    },
    spec: spec!,
  };
}
