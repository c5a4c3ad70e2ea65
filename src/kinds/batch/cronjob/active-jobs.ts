import { semanticEqual } from '../../../api/equal';
import type { CronJob, CronJobStatus, Job } from '../../../api/generated/batch.v1';
import type { ObjectReference } from '../../../api/generated/core.v1';
import { event, remove, updateStatus, type Action } from '../../actions';
import { cronJobs, jobs } from '../../resources';

type Ending = 'Complete' | 'Failed';

/** How a job has ended, if it has. */
export const endingOf = ({ status }: Job): Ending | undefined =>
  status?.conditions?.find(({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True')?.type as Ending | undefined;

export function referenceTo({ metadata: { name, namespace, uid, resourceVersion } }: Job): ObjectReference {
  return { apiVersion: 'batch/v1', kind: 'Job', name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
}

export interface Review {
  readonly status: CronJobStatus;
  readonly actions: readonly Action[];
}

/** Brings the status up to what has become of the jobs. After syncCronJob of pkg/controller/cronjob. */
export function review(cronJob: CronJob, owned: readonly Job[]): Review {
  const { active = [], lastSuccessfulTime, ...status } = cronJob.status ?? {};
  const tell = (severity: 'Normal' | 'Warning', reason: string, message: string) => event(cronJobs, cronJob, severity, reason, message);
  const byUid = new Map(owned.map((job) => [job.metadata.uid, job]));
  const known = new Set(active.map(({ uid }) => uid));
  const told = [
    ...owned.flatMap((job) => {
      const { name, uid } = job.metadata;
      const ending = endingOf(job);
      if (ending && known.has(uid)) return [tell('Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${ending}`)];
      return ending || known.has(uid) ? [] : [tell('Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`)];
    }),
    ...active.filter(({ uid }) => !byUid.has(uid)).map(({ name }) => tell('Normal', 'MissingJob', `Active job went missing: ${name}`)),
  ];
  const running = active.filter(({ uid }) => byUid.has(uid) && !endingOf(byUid.get(uid)!));
  const successes = owned.flatMap((job) => (endingOf(job) === 'Complete' ? job.status?.completionTime ?? [] : []));
  const last = [...successes, ...(lastSuccessfulTime ? [lastSuccessfulTime] : [])].sort().at(-1);
  return { status: { ...status, ...(running.length > 0 && { active: running }), ...(last && { lastSuccessfulTime: last }) }, actions: told };
}

/** Ended jobs beyond the history limits, the oldest first. */
export function cleanUp(cronJob: CronJob, owned: readonly Job[]): Action[] {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec!;
  const beyond = (ending: Ending, limit = Infinity) => {
    const ended = owned.filter((job) => endingOf(job) === ending && !job.metadata.deletionTimestamp).sort(byStart);
    return ended.slice(0, Math.max(0, ended.length - limit));
  };
  return [...beyond('Complete', successfulJobsHistoryLimit), ...beyond('Failed', failedJobsHistoryLimit)].map((job) => deleteJob(cronJob, job));
}

function byStart(a: Job, b: Job): number {
  const start = ({ status }: Job) => (status?.startTime ? Date.parse(status.startTime) : Infinity);
  const [startA, startB] = [start(a), start(b)];
  return startA === startB ? (a.metadata.name < b.metadata.name ? -1 : 1) : startA - startB;
}

export const deleteJob = (cronJob: CronJob, job: Job): Action => remove(jobs, job, { propagationPolicy: 'Background' }, {
  succeeded: () => [event(cronJobs, cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`)],
  failed: (error) => [event(cronJobs, cronJob, 'Warning', 'FailedDelete', `Deleted job: ${error.message}`)],
});

export const writeStatus = (cronJob: CronJob, status: CronJobStatus): Action[] =>
  (semanticEqual(cronJob.status ?? {}, status) ? [] : [updateStatus(cronJobs, { ...cronJob, status })]);
