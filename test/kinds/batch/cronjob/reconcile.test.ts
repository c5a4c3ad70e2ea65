import type { CronJob, CronJobSpec, CronJobStatus, Job } from '../../../../src/api/generated/batch.v1';
import type { CreateAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileCronJob } from '../../../../src/kinds/batch/cronjob/reconcile';
import { cronJobs, jobs } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const now = '2026-01-01T12:00:20Z';
const minute = Date.parse('2026-01-01T12:00:00Z') / 60_000;

const cronJob = (spec: Partial<CronJobSpec> = {}, status: CronJobStatus = { lastScheduleTime: '2026-01-01T11:59:00Z' }): CronJob => ({
  metadata: { name: 'tick', namespace: 'default', uid: 'c', creationTimestamp: '2026-01-01T11:00:00Z' },
  spec: { schedule: '* * * * *', concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: { labels: { app: 'tick' } }, spec: { template: {} } }, ...spec },
  status,
});

const job = (name: string, ending?: 'Complete' | 'Failed', startTime = '2026-01-01T11:00:00Z'): Job => ({
  metadata: { name, uid: name, namespace: 'default', ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid: 'c', controller: true }] },
  spec: { template: {} },
  status: { startTime, ...(ending && { conditions: [{ type: ending, status: 'True' }] }), ...(ending === 'Complete' && { completionTime: '2026-01-01T11:30:00Z' }) },
});
const active = (...names: string[]): CronJobStatus =>
  ({ lastScheduleTime: '2026-01-01T11:59:00Z', active: names.map((name) => ({ kind: 'Job', apiVersion: 'batch/v1', name, uid: name, namespace: 'default' })) });

const plan = (of: CronJob, ...all: Job[]) => reconcileCronJob(of, observedOf([cronJobs, [of]], [jobs, all]), { nowMs: Date.parse(now), sinceMs: 0 });
const lines = (of: CronJob, ...all: Job[]) => told(plan(of, ...all).actions);

it('does nothing before the time comes', () => {
  expect(plan(cronJob({}, { lastScheduleTime: '2026-01-01T12:00:00Z' }))).toEqual({ actions: [], requeueAfterMs: 40_100 });
});

it('starts a job that is due, and notes it', () => {
  const { actions, requeueAfterMs } = plan(cronJob({ timeZone: 'Europe/Berlin' }));
  expect(requeueAfterMs).toBe(40_100);
  const [made] = actions as [CreateAction];
  expect(told(actions)).toEqual([`create jobs tick-${minute}`]);
  expect(made.object).toMatchObject({
    metadata: { labels: { app: 'tick' }, annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T13:00:00+01:00' },
      ownerReferences: [{ kind: 'CronJob', name: 'tick', controller: true }] },
  });
  const after = made.succeeded!({ ...made.object, metadata: { ...made.object.metadata, uid: 'new' } } as Job);
  expect(told(after)).toEqual([`event Normal SuccessfulCreate: Created job tick-${minute}`, 'update cronjobs/status tick']);
  expect(((after[1] as UpdateAction).object as CronJob).status).toEqual({
    lastScheduleTime: '2026-01-01T12:00:00Z', active: [{ apiVersion: 'batch/v1', kind: 'Job', name: `tick-${minute}`, namespace: 'default', uid: 'new' }] });
});

describe('a start', () => {
  it.each<[string, string[], string[]]>([
    ['is noted when the job is there already', lines(cronJob(), job(`tick-${minute}`)).slice(1), ['update cronjobs/status tick']],
    ['does not happen while suspended', lines(cronJob({ suspend: true })), []],
    ['waits for the last one', lines(cronJob({ concurrencyPolicy: 'Forbid' }, active('a')), job('a')),
      ['event Normal JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid']],
    ['replaces the last one', lines(cronJob({ concurrencyPolicy: 'Replace' }, active('a')), job('a')), ['delete jobs a', `create jobs tick-${minute}`]],
    ['comes beside the last one', lines(cronJob({}, active('a')), job('a')), [`create jobs tick-${minute}`]],
    ['is made up for once, however many were missed', lines(cronJob({}, { lastScheduleTime: '2026-01-01T11:30:00Z' })), [`create jobs tick-${minute}`]],
    ['says when far too many were', lines(cronJob({}, { lastScheduleTime: '2026-01-01T06:00:00Z' })).slice(0, 1),
      ['event Warning TooManyMissedTimes: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew']],
    ['is not looked for beyond the deadline', lines(cronJob({ startingDeadlineSeconds: 10 })), []],
    ['of a schedule that never comes up', lines(cronJob({ schedule: '59 23 31 2 *' })),
      ['event Warning InvalidSchedule: invalid schedule: 59 23 31 2 * : time difference between two schedules is less than 1 second']],
    ['of no schedule', lines(cronJob({ schedule: 'soon' })), ['event Warning UnparseableSchedule: unparseable schedule: "soon" : expected exactly 5 fields, found 1: [soon]']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('its jobs', () => {
  const idle = (status: CronJobStatus = {}): CronJob => cronJob({}, { ...status, lastScheduleTime: '2026-01-01T12:00:00Z' });
  it('are taken off the list as they end', () => {
    const of = idle(active('a', 'gone'));
    expect(lines(of, job('a', 'Complete'))).toEqual([
      'event Normal SawCompletedJob: Saw completed job: a, condition: Complete', 'event Normal MissingJob: Active job went missing: gone', 'update cronjobs/status tick']);
    expect(((plan(of, job('a', 'Complete')).actions.at(-1) as UpdateAction).object as CronJob).status).toEqual({
      lastScheduleTime: '2026-01-01T12:00:00Z', lastSuccessfulTime: '2026-01-01T11:30:00Z' });
  });

  it('are kept up to the history limits', () => {
    const ended = ['a', 'b', 'c', 'd'].map((name, at) => job(name, 'Complete', `2026-01-01T10:0${9 - at}:00Z`));
    const known = idle({ lastSuccessfulTime: '2026-01-01T11:30:00Z' });
    expect(lines(known, ...ended, job('e', 'Failed', '2026-01-01T10:00:00Z'), job('f', 'Failed'))).toEqual(['delete jobs d', 'delete jobs e']);
  });

  it('that somebody else made are told', () => {
    expect(lines(idle(), job('x'))).toEqual(['event Warning UnexpectedJob: Saw a job that the controller did not create or forgot: x']);
  });
});
