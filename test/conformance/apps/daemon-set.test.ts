import type { DaemonSet } from '../../../src/api/generated/apps.v1';
import type { Pod } from '../../../src/api/generated/core.v1';
import { images } from '../support/pods';
import { controllerRevisions, daemonSets, nodes, pods } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { controllerUid, isRunning, keepsConditions, livePods, templateOf, web } from '../support/workloads';

const label = (name: string) => `[sig-apps] Daemon set [Serial] should ${name}`;
const labels = { 'daemonset-name': 'daemon-set' };

const create = (t: RowContext, spec: Partial<NonNullable<DaemonSet['spec']>> = {}) =>
  t.api(daemonSets).create({ metadata: { name: 'daemon-set', labels }, spec: { selector: { matchLabels: labels }, template: templateOf(labels), ...spec } });

/** One ready pod on each of these nodes, all nodes when none are named, and nowhere else. */
async function runsOn(t: RowContext, names?: readonly string[]): Promise<Pod[]> {
  const wanted = names ?? (await t.api(nodes).list()).items.filter(({ spec }) => !spec?.taints?.length).map(({ metadata }) => metadata.name);
  return t.eventually(async () => {
    const live = await livePods(t, labels);
    const on = live.map(({ spec }) => spec.nodeName ?? '').sort();
    return JSON.stringify(on) === JSON.stringify([...wanted].sort()) && live.every(isRunning) && live;
  }, 120_000) as Promise<Pod[]>;
}

const imagesOf = async (t: RowContext) => [...new Set((await livePods(t, labels)).map(({ spec }) => spec.containers[0]!.image))];

row(label('run and stop simple daemon'), async (t) => {
  await create(t);
  const [stopped] = await runsOn(t);
  await t.api(pods).delete(stopped!.metadata.name);
  await t.eventually(async () => !(await livePods(t, labels)).some(({ metadata }) => metadata.uid === stopped!.metadata.uid));
  await runsOn(t);
});

row(label('run and stop complex daemon'), async (t) => {
  const colour = `knarr-test/${t.namespace}`;
  const paint = (node: string, value: string | null) => t.api(nodes).patch(node, 'merge', { metadata: { labels: { [colour]: value } } });
  await create(t, { template: templateOf(labels, [web], { nodeSelector: { [colour]: 'blue' } }) });
  await runsOn(t, []);
  const node = (await t.api(nodes).list()).items[0]!.metadata.name;
  t.cleanup(() => paint(node, null));
  await paint(node, 'blue');
  await runsOn(t, [node]);
  await paint(node, 'green');
  await runsOn(t, []);
  await t.api(daemonSets).change('daemon-set', ({ spec }) => {
    spec!.template.spec!.nodeSelector = { [colour]: 'green' };
    spec!.updateStrategy = { type: 'RollingUpdate' };
  });
  await runsOn(t, [node]);
});

row(label('retry creating failed daemon pods'), async (t) => {
  await create(t);
  const [failed] = await runsOn(t);
  const { uid, name } = failed!.metadata;
  await t.api(pods).change(name, ({ status }) => { status!.phase = 'Failed'; }, { subresource: 'status' });
  await t.eventually(async () => (await t.api(pods).find(name))?.metadata.uid !== uid);
  await runsOn(t);
});

row(label('update pod when spec was updated and update strategy is RollingUpdate'), async (t) => {
  await create(t, { updateStrategy: { type: 'RollingUpdate' } });
  await runsOn(t);
  const revisions = async () => (await t.api(controllerRevisions).list()).items.map((revision) => Number(revision.revision)).sort();
  await t.eventually(async () => (await revisions()).length === 1);
  await t.api(daemonSets).patch('daemon-set', 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', image: images.redis }] } } } });
  await t.eventually(async () => JSON.stringify(await imagesOf(t)) === JSON.stringify([images.redis]), 120_000);
  await runsOn(t);
  expect(await revisions()).toEqual([1, 2]);
});

row(label('rollback without unnecessary restarts'), async (t) => {
  await create(t, { updateStrategy: { type: 'RollingUpdate' } });
  const first = await runsOn(t);
  const image = (name: string) => t.api(daemonSets).change('daemon-set', ({ spec }) => { spec!.template.spec!.containers[0]!.image = name; });
  await image('foo-does-not-exist:1');
  const stuck = await t.eventually(async () => (await livePods(t, labels)).find(({ spec }) => spec.containers[0]!.image !== web.image));
  const untouched = (await livePods(t, labels)).filter(({ spec }) => spec.containers[0]!.image === web.image).map(({ metadata }) => metadata.uid);
  expect(untouched.length).toBe(first.length - 1);
  await image(web.image!);
  const after = await runsOn(t);
  expect(after.map(({ metadata }) => metadata.uid)).toEqual(expect.arrayContaining(untouched));
  expect(after.map(({ metadata }) => metadata.uid)).not.toContain(stuck.metadata.uid);
});

row(label('list and delete a collection of DaemonSets'), async (t) => {
  const { metadata } = await create(t);
  await runsOn(t);
  const mine = { labelSelector: 'daemonset-name=daemon-set' };
  expect((await t.api(daemonSets, '').list(mine)).items.map(({ metadata: { uid } }) => uid)).toContain(metadata.uid);
  await t.api(daemonSets).deleteCollection(mine);
  await t.eventually(async () => (await t.api(daemonSets).list(mine)).items.length === 0);
});

row(label('verify changes to a daemon set status'), async (t) => {
  await create(t);
  const [pod] = await runsOn(t);
  expect(controllerUid(pod!)).toBe((await t.api(daemonSets).get('daemon-set')).metadata.uid);
  await keepsConditions(t.api(daemonSets), 'daemon-set');
});
