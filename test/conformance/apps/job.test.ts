import type { Job } from '../../../src/api/generated/batch.v1';
import type { Container } from '../../../src/api/generated/core.v1';
import { program, shell } from '../support/pods';
import { jobs, pods } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';
import { controllerUid, livePods, sees } from '../support/workloads';

const label = (name: string) => `[sig-apps] Job should ${name}`;

type Spec = NonNullable<Job['spec']>;

function create(t: RowContext, name: string, container: Container, spec: Partial<Spec> = {}, restartPolicy: 'Never' | 'OnFailure' = 'Never', labels: Record<string, string> = {}) {
  return t.api(jobs).create({
    metadata: { name, labels },
    spec: { parallelism: 2, completions: 4, backoffLimit: 6, ...spec, template: { metadata: { labels: { job: name } }, spec: { restartPolicy, terminationGracePeriodSeconds: 0, containers: [container] } } },
  });
}

const endless = program('c', ['sleep', '3600']);
const brief = program('c', ['true']);

const active = (t: RowContext, name: string, count: number) => t.eventually(async () => {
  const live = (await livePods(t, { job: name })).filter(({ status }) => status?.phase === 'Running');
  return live.length === count && live;
}, 120_000) as Promise<Awaited<ReturnType<typeof livePods>>>;

const completes = (t: RowContext, name: string, succeeded = 4) => t.eventually(async () => {
  const { status } = await t.api(jobs).get(name);
  return status?.succeeded === succeeded && status.conditions?.some(({ type, status: is }) => type === 'Complete' && is === 'True');
}, 120_000);

row(label('create pods for an Indexed job with completion indexes and specified hostname'), async (t) => {
  await create(t, 'indexed-job', brief, { completionMode: 'Indexed' });
  await completes(t, 'indexed-job');
  const { items } = await t.api(pods).list({ labelSelector: 'job=indexed-job' });
  const succeeded = items.filter(({ status }) => status?.phase === 'Succeeded');
  expect(succeeded.map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-completion-index']).sort()).toEqual(['0', '1', '2', '3']);
  expect(succeeded.map(({ spec }) => spec.hostname).sort()).toEqual([0, 1, 2, 3].map((index) => `indexed-job-${index}`));
});

rowOnDocker(label('run a job to completion when tasks sometimes fail and are locally restarted'), async (t) => {
  // Fails the first time in each pod: its directory outlives the container.
  const once = shell('c', 'if [ -f /data/tried ]; then exit 0; fi; touch /data/tried; exit 1', { volumeMounts: [{ name: 'data', mountPath: '/data' }] });
  await t.api(jobs).create({
    metadata: { name: 'fail-once-local' },
    spec: { parallelism: 2, completions: 4, template: { metadata: { labels: { job: 'fail-once-local' } }, spec: { restartPolicy: 'OnFailure', terminationGracePeriodSeconds: 0, containers: [once], volumes: [{ name: 'data', emptyDir: {} }] } } },
  });
  await completes(t, 'fail-once-local');
});

row(label('delete a job'), async (t) => {
  await create(t, 'foo', endless);
  await active(t, 'foo', 2);
  await t.api(jobs).delete('foo', { propagationPolicy: 'Foreground' });
  await t.eventually(async () => !(await t.api(jobs).find('foo')));
  expect(await livePods(t, { job: 'foo' })).toEqual([]);
});

row(label('adopt matching orphans and release non-matching pods'), async (t) => {
  const { metadata: { uid } } = await create(t, 'adopt-release', endless);
  const [pod] = await active(t, 'adopt-release', 2);
  const { name } = pod!.metadata;
  const ownerIs = (wanted: string | undefined) => t.eventually(async () => controllerUid(await t.api(pods).get(name)) === wanted);
  await t.api(pods).change(name, ({ metadata }) => { metadata.ownerReferences = []; });
  await ownerIs(uid);
  await t.api(pods).change(name, ({ metadata }) => { metadata.labels = {}; });
  await ownerIs(undefined);
});

row(label('apply changes to a job status'), async (t) => {
  const api = t.api(jobs);
  await create(t, 'told', endless);
  await active(t, 'told', 2);
  const startTime = '2026-01-01T00:00:00Z';
  const patched = await api.patch('told', 'merge', { metadata: { annotations: { patchedstatus: 'true' } }, status: { conditions: [{ type: 'CustomConditionType', status: 'True', reason: 'E2E', lastProbeTime: startTime, lastTransitionTime: startTime }] } }, { subresource: 'status' });
  expect(patched.status?.conditions).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'CustomConditionType', reason: 'E2E' })]));
  expect(patched.metadata.annotations).toMatchObject({ patchedstatus: 'true' });
  const updated = await api.change('told', ({ status }) => { status!.conditions = [...(status!.conditions ?? []), { type: 'StatusUpdate', status: 'True' }]; }, { subresource: 'status' });
  expect(updated.status?.conditions?.map(({ type }) => type as string)).toContain('StatusUpdate');
  expect((await api.get('told', 'status')).metadata.uid).toBe(patched.metadata.uid);
});

row(label('manage the lifecycle of a job'), async (t) => {
  const api = t.api(jobs);
  const mine = { labelSelector: `e2e-job-label=${t.namespace}` };
  await create(t, 'lifecycle', brief, { suspend: true }, 'Never', { 'e2e-job-label': t.namespace });
  const watch = await api.watch(mine);
  await api.patch('lifecycle', 'strategic', { metadata: { labels: { 'e2e-lifecycle': 'patched' } } });
  await sees(watch, ({ metadata }) => metadata.labels?.['e2e-lifecycle'] === 'patched');
  await api.change('lifecycle', ({ metadata, spec }) => {
    spec!.suspend = false;
    metadata.annotations = { ...metadata.annotations, updated: 'true' };
  });
  await sees(watch, ({ metadata }) => metadata.annotations?.updated === 'true');
  const { items } = await t.api(jobs, '').list(mine);
  expect(items).toMatchObject([{ metadata: { name: 'lifecycle', labels: { 'e2e-lifecycle': 'patched' } } }]);
  await completes(t, 'lifecycle');
  await api.deleteCollection(mine, { propagationPolicy: 'Background' });
  await watch.until(({ type }) => type === 'DELETED');
  expect((await api.list(mine)).items).toEqual([]);
});
