import type { Pod } from '../../../../src/api/generated/core.v1';
import { refusal } from '../../support/api';
import { discovers } from '../../support/discovery';
import { podOf, shell } from '../../support/pods';
import { pods, runtimeClasses } from '../../support/resources';
import { row, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] RuntimeClass should ${name}`;
const podWith = (runtimeClassName: string) => podOf('pod', [shell('main', 'true')], { runtimeClassName, restartPolicy: 'Never' });

async function createClass(t: RowContext, overhead?: { podFixed: Record<string, string> }): Promise<string> {
  const name = t.unique('class');
  await t.api(runtimeClasses).create({ metadata: { name }, handler: 'test-handler', ...(overhead && { overhead }) });
  t.cleanup(() => t.api(runtimeClasses).delete(name));
  return name;
}

/** The pod is bound to a node; whether it starts depends on what the runtime knows. */
async function scheduled(t: RowContext, runtimeClassName: string): Promise<Pod> {
  await t.api(pods).create(podWith(runtimeClassName));
  return t.eventually(async () => {
    const { items } = await t.api(pods).list();
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['pod']);
    return items[0]!.spec?.nodeName ? items[0] : undefined;
  });
}

const isRejected = async (t: RowContext, runtimeClassName: string) =>
  expect(await refusal(t.api(pods).create(podWith(runtimeClassName)))).toMatchObject({ code: 403, reason: 'Forbidden' });

row(label('reject a Pod requesting a non-existent RuntimeClass [NodeConformance]'), (t) => isRejected(t, t.unique('nonexistent')));

row(label('schedule a Pod requesting a RuntimeClass without PodOverhead [NodeConformance]'), async (t) => {
  expect((await scheduled(t, await createClass(t))).spec?.overhead).toBeUndefined();
});

row(label('schedule a Pod requesting a RuntimeClass and initialize its Overhead [NodeConformance]'), async (t) => {
  const podFixed = { cpu: '10m', memory: '1Mi' };
  expect((await scheduled(t, await createClass(t, { podFixed }))).spec?.overhead).toEqual(podFixed);
});

row(label('reject a Pod requesting a deleted RuntimeClass [NodeConformance]'), async (t) => {
  const name = await createClass(t);
  await t.api(runtimeClasses).delete(name);
  await t.eventually(async () => !(await t.api(runtimeClasses).find(name)));
  await isRejected(t, name);
});

row(label('support RuntimeClasses API operations'), async (t) => {
  const api = t.api(runtimeClasses);
  const mine = { labelSelector: `test=${t.namespace}` };
  const names = [1, 2, 3].map((number) => `${t.namespace}-${number}`);
  const classOf = (name: string) => ({ metadata: { name, labels: { test: t.namespace } }, handler: `${name}-handler` });
  t.cleanup(() => api.deleteCollection(mine));
  await discovers(t, 'node.k8s.io', 'v1', ['runtimeclasses']);
  const created = await api.create(classOf(names[0]!));
  expect(await refusal(api.create(classOf(names[0]!)))).toMatchObject({ code: 409, reason: 'AlreadyExists' });
  await api.create(classOf(names[1]!));
  const watch = await api.watch(mine);
  await api.create(classOf(names[2]!));
  expect((await api.get(names[0]!)).metadata.uid).toBe(created.metadata.uid);
  expect((await api.list(mine)).items).toHaveLength(3);
  const patched = await api.patch(names[0]!, 'merge', { metadata: { annotations: { patched: 'true' } } });
  expect(patched.metadata.annotations).toEqual({ patched: 'true' });
  const updated = await api.update({ ...patched, metadata: { ...patched.metadata, annotations: { patched: 'true', updated: 'true' } } });
  expect(updated.metadata.annotations).toEqual({ patched: 'true', updated: 'true' });
  await watch.until(({ type, object }) => type === 'ADDED' && object.metadata.name === names[2]);
  await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.patched === 'true');
  await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.updated === 'true');
  await api.delete(names[0]!);
  expect(await refusal(api.get(names[0]!))).toMatchObject({ code: 404, reason: 'NotFound' });
  expect((await api.list(mine)).items).toHaveLength(2);
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
