import type { PodDisruptionBudget } from '../../../src/api/generated/policy.v1';
import { resourcePath } from '../../../src/client/http';
import { refusal } from '../support/api';
import { podOf, shell, untilTold } from '../support/pods';
import { podDisruptionBudgets, pods, replicaSets } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-apps] DisruptionController ${name}`;
const foo = { foo: 'bar' };
type Spec = NonNullable<PodDisruptionBudget['spec']>;

/** Waits until the controller has looked at the budget as it is now. */
const processed = (t: RowContext, name = 'foo', namespace = t.namespace) => t.eventually(async () => {
  const { metadata, status } = await t.api(podDisruptionBudgets, namespace).get(name);
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
});

async function create(t: RowContext, minAvailable: Spec['minAvailable'], name = 'foo', labels: Record<string, string> = foo, namespace = t.namespace): Promise<void> {
  await t.api(podDisruptionBudgets, namespace).create({ metadata: { name, labels }, spec: { selector: { matchLabels: foo }, minAvailable: minAvailable! } });
  await processed(t, name, namespace);
}

async function patch(t: RowContext, change: object, subresource?: string): Promise<PodDisruptionBudget> {
  const patched = await t.api(podDisruptionBudgets).patch('foo', 'merge', change, { ...(subresource && { subresource }) });
  await processed(t);
  return patched;
}

const remove = async (t: RowContext) => {
  await t.api(podDisruptionBudgets).delete('foo');
  await t.eventually(async () => !(await t.api(podDisruptionBudgets).find('foo')));
};

async function createPods(t: RowContext, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await t.api(pods).create(podOf(`pod-${i}`, [shell('donothing', untilTold)], {}, foo));
  await ready(t, count);
}

const readyPods = async (t: RowContext) => (await t.api(pods).list({ labelSelector: 'foo=bar' })).items
  .filter(({ metadata, status }) => !metadata.deletionTimestamp && status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));

const ready = (t: RowContext, count: number) => t.eventually(async () => (await readyPods(t)).length >= count, 60_000);

const evict = (t: RowContext, name: string) => t.client.request({
  method: 'POST', path: resourcePath(pods, t.namespace, name, 'eviction'), body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: t.namespace } },
});

row(label('Listing PodDisruptionBudgets for all namespaces should list and delete a collection of PodDisruptionBudgets'), async (t) => {
  const special = t.unique('bar-pdb');
  const labels = { foo_pdb: special };
  const other = await t.makeNamespace();
  await create(t, 2, 'foo', labels);
  await create(t, '1%', 'foo2', labels);
  await create(t, 2, 'foo3', labels, other);
  const names = async (namespace: string) => (await t.api(podDisruptionBudgets, namespace).list({ labelSelector: `foo_pdb=${special}` })).items.map(({ metadata }) => metadata.name).sort();
  expect(await names('')).toEqual(['foo', 'foo2', 'foo3']);
  expect(await names(t.namespace)).toEqual(['foo', 'foo2']);
  await t.api(podDisruptionBudgets).deleteCollection();
  await t.eventually(async () => (await t.api(podDisruptionBudgets).list()).items.length === 0);
});

row(label('should create a PodDisruptionBudget'), async (t) => {
  await create(t, '1%');
  const updated = await t.api(podDisruptionBudgets).change('foo', (budget) => { budget.spec!.minAvailable = '2%'; });
  await processed(t);
  expect(updated.spec?.minAvailable).toBe('2%');
  expect((await patch(t, { spec: { minAvailable: '3%' } })).spec?.minAvailable).toBe('3%');
  await remove(t);
});

row(label('should observe PodDisruptionBudget status updated'), async (t) => {
  await create(t, 1);
  await createPods(t, 3);
  await t.eventually(async () => ((await t.api(podDisruptionBudgets).get('foo')).status?.disruptionsAllowed ?? 0) > 0, 60_000);
});

row(label('should update/patch PodDisruptionBudget status'), async (t) => {
  await create(t, 1);
  await createPods(t, 1);
  const [pod] = await readyPods(t);
  const { name } = pod!.metadata;
  await t.api(podDisruptionBudgets).change('foo', (budget) => { budget.status!.disruptedPods = { [name]: new Date().toISOString() }; }, { subresource: 'status' });
  await processed(t);
  expect((await t.api(podDisruptionBudgets).get('foo', 'status')).status?.disruptedPods).toHaveProperty([name]);
  expect((await patch(t, { status: { disruptedPods: { [name]: null } } }, 'status')).status?.disruptedPods ?? {}).toEqual({});
});

row(label('should block an eviction until the PDB is updated to allow it'), async (t) => {
  await create(t, 3);
  await t.api(replicaSets).create({ metadata: { name: 'rs' }, spec: { replicas: 3, selector: { matchLabels: foo }, template: { metadata: { labels: foo }, spec: podOf('', [shell('donothing', untilTold)]).spec } } });
  await ready(t, 3);
  const refused = { code: 429, details: { causes: [expect.objectContaining({ reason: 'DisruptionBudget' })] } };
  const first = (await readyPods(t))[0]!.metadata.name;
  expect(await refusal(evict(t, first))).toMatchObject(refused);

  await t.api(podDisruptionBudgets).change('foo', (budget) => { budget.spec!.minAvailable = 2; });
  await processed(t);
  await ready(t, 3);
  await t.eventually(async () => (await t.api(podDisruptionBudgets).get('foo')).status?.currentHealthy === 3);
  await evict(t, first);

  await patch(t, { spec: { minAvailable: null, maxUnavailable: 0 } });
  await ready(t, 3);
  const second = (await readyPods(t))[0]!.metadata.name;
  expect(await refusal(evict(t, second))).toMatchObject(refused);
  await remove(t);
  await ready(t, 3);
  await evict(t, second);
});
