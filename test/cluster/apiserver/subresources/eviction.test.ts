import type { Pod } from '../../../../src/api/generated/core.v1';
import type { PodDisruptionBudget } from '../../../../src/api/generated/policy.v1';
import { isApiError } from '../../../../src/api/errors';
import { subresourceHandlers } from '../../../../src/cluster/apiserver/registry';
import { podDisruptionBudgets, pods, serviceAccounts } from '../../../../src/kinds/resources';
import { failure, testRegistry } from '../support/registry';

type Status = PodDisruptionBudget['status'];
const metadata = (name: string, more: object = {}) => ({ name, namespace: 'default', ...more });

async function world(budget?: Partial<NonNullable<Status>>, spec: object = { minAvailable: 1 }) {
  const made = await testRegistry();
  const { client, registry, context } = made;
  const kind = registry.kinds.all().find(({ plural }) => plural === 'pods')!;
  await client.create(serviceAccounts, { metadata: metadata('default') });
  const run = async (name: string, status: object = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }) => {
    await client.create(pods, { metadata: metadata(name, { labels: { app: 'web' } }), spec: { nodeName: 'n', containers: [{ name: 'c', image: 'x' }] } } as Pod);
    return client.patch<Pod>(pods, name, 'default', 'merge', { status }, { subresource: 'status' });
  };
  if (budget) {
    await client.create(podDisruptionBudgets, { metadata: metadata('b'), spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });
    await client.patch(podDisruptionBudgets, 'b', 'default', 'merge', { status: { observedGeneration: 1, ...budget } }, { subresource: 'status' });
  }
  const evict = async (name: string, deleteOptions?: object, more: object = {}) => (await subresourceHandlers.eviction!.create!(
    { registry, kind, namespace: 'default', name }, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: metadata(name), ...(deleteOptions && { deleteOptions }) } as never, { ...context, ...more },
  )).object;
  const status = async () => (await client.get<PodDisruptionBudget>(podDisruptionBudgets, 'b', 'default')).status!;
  return { ...made, run, evict, status };
}

test('a pod that nothing guards is marked and deleted', async () => {
  const { client, run, evict } = await world();
  await run('a');
  expect(await evict('a')).toMatchObject({ kind: 'Status', status: 'Success', code: 201 });
  const { metadata: { deletionTimestamp }, status } = await client.get<Pod>(pods, 'a', 'default');
  expect(deletionTimestamp).toBeDefined();
  expect(status!.conditions).toContainEqual(expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' }));
});

test('a budget is spent, once for each pod, however many ask at a time', async () => {
  const { run, evict, status } = await world({ disruptionsAllowed: 2, currentHealthy: 4, desiredHealthy: 2, expectedPods: 4 });
  for (const name of ['a', 'b', 'c', 'd']) await run(name);
  const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((name) => failure(() => evict(name))));
  expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(2);
  expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual(Array(2).fill("429 TooManyRequests: Cannot evict pod as it would violate the pod's disruption budget."));
  expect(await status()).toMatchObject({ disruptionsAllowed: 0, conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods' }] });
  expect(Object.keys((await status()).disruptedPods!)).toHaveLength(2);
});

test('what refuses says why', async () => {
  const { run, evict } = await world({ disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 });
  await run('a');
  const refusal = await evict('a').catch((error: unknown) => (isApiError(error) ? error.status : undefined));
  expect(refusal).toMatchObject({ code: 429, reason: 'TooManyRequests', details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget b needs 1 healthy pods and has 1 currently' }] } });
});

test('a dry run spends nothing and deletes nothing, whoever asks for it', async () => {
  const { client, run, evict, status } = await world({ disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 2 });
  await run('a');
  await evict('a', undefined, { dryRun: true });
  await evict('a', { dryRun: ['All'] });
  expect((await status()).disruptionsAllowed).toBe(1);
  expect((await client.get(pods, 'a', 'default')).metadata.deletionTimestamp).toBeUndefined();
});

test('preconditions hold', async () => {
  const { run, evict } = await world();
  const { metadata: { uid } } = await run('a');
  expect(await failure(() => evict('a', { preconditions: { uid: 'other' } })))
    .toBe(`409 Conflict: Operation cannot be fulfilled on Pod "a": the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`);
  expect(await failure(() => evict('a', { preconditions: { uid, resourceVersion: '1' } }))).toMatch(/the ResourceVersion in the precondition \(1\)/);
  await evict('a', { preconditions: { uid } });
});

test.each<[string, object, object, boolean]>([
  ['has ended', { phase: 'Succeeded' }, {}, true],
  ['has not started', { phase: 'Pending' }, {}, true],
  ['is not healthy, under a budget that is kept', { phase: 'Running' }, { currentHealthy: 1 }, true],
  ['is not healthy, under a budget that is not', { phase: 'Running' }, { currentHealthy: 0 }, false],
])('a pod that %s: %j', async (_, podStatus, budget, goes) => {
  const { run, evict } = await world({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 1, expectedPods: 1, ...budget });
  await run('a', podStatus);
  expect(await failure(() => evict('a'))).toEqual(goes ? undefined : expect.stringMatching(/^429/) as unknown);
});

test('a pod that is not healthy may always go where the budget says so', async () => {
  const { run, evict } = await world({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 1, expectedPods: 1 }, { minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  await run('a', { phase: 'Running' });
  expect(await failure(() => evict('a'))).toBeUndefined();
});

test('two budgets are not supported', async () => {
  const { client, run, evict } = await world({ disruptionsAllowed: 1 });
  await client.create(podDisruptionBudgets, { metadata: metadata('c'), spec: { maxUnavailable: 1, selector: {} } });
  await run('a');
  expect(await evict('a')).toMatchObject({ status: 'Failure', code: 500, message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.' });
});

test('the name has to be that of the URL', async () => {
  const { run, evict, client } = await world();
  await run('a');
  expect(await failure(() => client.create(pods, { metadata: metadata('b') }, { subresource: 'eviction', name: 'a' }))).toBe('400 BadRequest: name in URL does not match name in Eviction object');
  expect(await failure(() => evict('gone'))).toBe('404 NotFound: pods "gone" not found');
});
