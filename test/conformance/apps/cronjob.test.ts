import type { CronJob, Job } from '../../../src/api/generated/batch.v1';
import { discovers } from '../support/discovery';
import { program } from '../support/pods';
import { cronJobs, jobs } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { controllerUid, sees } from '../support/workloads';

const label = (name: string) => `[sig-apps] CronJob should ${name}`;
/** A schedule is kept to the minute. */
const patienceMs = 150_000;
const slow = { timeoutMs: 300_000 };

type Spec = NonNullable<CronJob['spec']>;

const draft = (name: string, spec: Partial<Spec> = {}, labels: Record<string, string> = {}) => ({
  metadata: { name, labels },
  spec: {
    schedule: '*/1 * * * ?', concurrencyPolicy: 'Allow' as const,
    jobTemplate: { spec: { parallelism: 1, completions: 1, template: { spec: { restartPolicy: 'OnFailure' as const, terminationGracePeriodSeconds: 0, containers: [program('c', ['sleep', '300'])] } } } },
    ...spec,
  },
});

const jobsOf = async (t: RowContext, { metadata }: CronJob): Promise<Job[]> => (await t.api(jobs).list()).items.filter((job) => controllerUid(job) === metadata.uid);
const isOver = ({ status }: Job) => status?.conditions?.some(({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True') ?? false;
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const activeIs = (t: RowContext, name: string, count: number) =>
  t.eventually(async () => (await t.api(cronJobs).get(name)).status?.active?.length === count, patienceMs);

row(label('schedule multiple jobs concurrently'), async (t) => {
  const made = await t.api(cronJobs).create(draft('concurrent'));
  await activeIs(t, 'concurrent', 2);
  expect((await jobsOf(t, made)).filter((job) => !isOver(job))).toHaveLength(2);
  await t.api(cronJobs).delete('concurrent');
}, slow);

row(label('not schedule jobs when suspended [Slow]'), async (t) => {
  const made = await t.api(cronJobs).create(draft('suspended', { suspend: true }));
  // Longer than a minute: a job would have been due.
  await pass(75_000);
  expect((await t.api(cronJobs).get('suspended')).status?.active ?? []).toEqual([]);
  expect(await jobsOf(t, made)).toEqual([]);
  await t.api(cronJobs).delete('suspended');
}, slow);

row(label('not schedule new jobs when ForbidConcurrent [Slow]'), async (t) => {
  const made = await t.api(cronJobs).create(draft('forbid', { concurrencyPolicy: 'Forbid' }));
  await activeIs(t, 'forbid', 1);
  expect(await jobsOf(t, made)).toHaveLength(1);
  await pass(75_000);
  expect((await t.api(cronJobs).get('forbid')).status?.active).toHaveLength(1);
  expect(await jobsOf(t, made)).toHaveLength(1);
  await t.api(cronJobs).delete('forbid');
}, slow);

row(label('replace jobs when ReplaceConcurrent'), async (t) => {
  const made = await t.api(cronJobs).create(draft('replace', { concurrencyPolicy: 'Replace' }));
  await activeIs(t, 'replace', 1);
  const [first] = await jobsOf(t, made);
  await t.eventually(async () => {
    const [replaced, ...others] = await jobsOf(t, made);
    return replaced && others.length === 0 && replaced.metadata.name !== first!.metadata.name;
  }, patienceMs);
  expect((await t.api(cronJobs).get('replace')).status?.active).toHaveLength(1);
  await t.api(cronJobs).delete('replace');
}, slow);

row(label('support CronJob API operations'), async (t) => {
  const api = t.api(cronJobs);
  const everywhere = t.api(cronJobs, '');
  const mine = { labelSelector: `special-label=${t.namespace}` };
  const labels = { 'special-label': t.namespace };
  await discovers(t, 'batch', 'v1', ['cronjobs', 'cronjobs/status']);
  const made = await api.create(draft('one', { suspend: true }, labels));
  await api.create(draft('two', { suspend: true }, labels));
  const watches = [await api.watch(mine), await everywhere.watch(mine)];
  await api.create(draft('three', { suspend: true }, labels));
  expect((await api.get('one')).metadata.uid).toBe(made.metadata.uid);
  expect((await api.list(mine)).items).toHaveLength(3);
  expect((await everywhere.list(mine)).items).toHaveLength(3);
  expect((await api.patch('one', 'merge', { metadata: { annotations: { patched: 'true' } } })).metadata.annotations).toMatchObject({ patched: 'true' });
  const updated = await api.change('one', ({ metadata, spec }) => {
    metadata.annotations!.updated = 'true';
    spec!.failedJobsHistoryLimit = 5;
  });
  expect(updated).toMatchObject({ metadata: { annotations: { updated: 'true' } }, spec: { failedJobsHistoryLimit: 5 } });
  for (const watch of watches) {
    await sees(watch, ({ metadata }) => metadata.name === 'three', 'ADDED');
    await sees(watch, ({ metadata }) => metadata.annotations?.patched === 'true');
    await sees(watch, ({ metadata }) => metadata.annotations?.updated === 'true');
  }
  const lastScheduleTime = '2026-01-01T00:00:00Z';
  const patched = await api.patch('one', 'merge', { metadata: { annotations: { patchedstatus: 'true' } }, status: { lastScheduleTime } }, { subresource: 'status' });
  expect(patched).toMatchObject({ metadata: { annotations: { patchedstatus: 'true' } }, status: { lastScheduleTime } });
  const later = '2026-01-02T00:00:00Z';
  expect((await api.change('one', (object) => { object.status = { ...object.status, lastScheduleTime: later }; }, { subresource: 'status' })).status?.lastScheduleTime).toBe(later);
  expect((await api.get('one', 'status')).metadata.uid).toBe(made.metadata.uid);
  await api.delete('one');
  await t.eventually(async () => !(await api.find('one')));
  expect((await api.list(mine)).items).toHaveLength(2);
  await api.deleteCollection(mine);
  await t.eventually(async () => (await api.list(mine)).items.length === 0);
});
