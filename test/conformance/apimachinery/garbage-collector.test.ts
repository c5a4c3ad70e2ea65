import type { ObjectMeta } from '../../../src/api/meta';
import { podOf, shell, untilTold } from '../support/pods';
import { deployments, pods, replicaSets, replicationControllers } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] Garbage collector should ${name}`;
/** Upstream takes half of what the nodes allow, at least 10 and at most 100. */
const many = 40;

const template = (labels: Record<string, string>) => ({ metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [shell('main', untilTold)] } });

const createController = (t: RowContext, name: string, replicas: number, labels: Record<string, string> = { app: name }) =>
  t.api(replicationControllers).create({ metadata: { name }, spec: { replicas, selector: labels, template: template(labels) } });

const createDeployment = (t: RowContext) =>
  t.api(deployments).create({ metadata: { name: 'deployment' }, spec: { replicas: 2, selector: { matchLabels: { app: 'd' } }, template: template({ app: 'd' }) } });

const allMade = (t: RowContext, name: string) =>
  t.eventually(async () => {
    const { spec, status } = await t.api(replicationControllers).get(name);
    return status?.replicas === spec?.replicas;
  });

const podMetas = async (t: RowContext): Promise<ObjectMeta[]> => (await t.api(pods).list()).items.map(({ metadata }) => metadata);
const uidOf = ({ metadata }: { metadata: ObjectMeta }) => ({ preconditions: { uid: metadata.uid! } });
const gone = (t: RowContext, name: string) => t.eventually(async () => !(await t.api(replicationControllers).find(name)));

/** What the collector does about an owner that is made and deleted afterwards is done after what it does about the one before. */
async function collectorHasPassed(t: RowContext): Promise<void> {
  const owner = await createController(t, 'marker', 1);
  await allMade(t, 'marker');
  await t.api(replicationControllers).delete('marker', { propagationPolicy: 'Background', ...uidOf(owner) });
  await t.eventually(async () => !(await podMetas(t)).some(({ labels }) => labels?.app === 'marker'));
}

row(label('delete pods created by rc when not orphaning'), async (t) => {
  const owner = await createController(t, 'rc', 2);
  await t.eventually(async () => (await podMetas(t)).length > 0);
  await t.api(replicationControllers).delete('rc', { propagationPolicy: 'Background', ...uidOf(owner) });
  await gone(t, 'rc');
  await t.eventually(async () => (await podMetas(t)).length === 0);
});

row(label('orphan pods created by rc if delete options say so'), async (t) => {
  const owner = await createController(t, 'rc', many);
  await allMade(t, 'rc');
  await t.api(replicationControllers).delete('rc', { propagationPolicy: 'Orphan', ...uidOf(owner) });
  await gone(t, 'rc');
  await collectorHasPassed(t);
  const left = await podMetas(t);
  expect(left).toHaveLength(many);
  expect(left.filter(({ ownerReferences, deletionTimestamp }) => ownerReferences?.length || deletionTimestamp)).toEqual([]);
});

row(label('delete RS created by deployment when not orphaning'), async (t) => {
  const owner = await createDeployment(t);
  await t.eventually(async () => (await t.api(replicaSets).list()).items.length > 0);
  await t.api(deployments).delete('deployment', { propagationPolicy: 'Background', ...uidOf(owner) });
  await t.eventually(async () => {
    const left = await Promise.all([t.api(deployments).list(), t.api(replicaSets).list(), t.api(pods).list()]);
    return left.every(({ items }) => items.length === 0);
  });
});

row(label('orphan RS created by deployment when deleteOptions.PropagationPolicy is Orphan'), async (t) => {
  const owner = await createDeployment(t);
  await t.eventually(async () => {
    const { metadata, spec, status } = (await t.api(replicaSets).list()).items[0]!;
    return status!.observedGeneration! >= metadata.generation! && status!.replicas === spec!.replicas;
  });
  await t.api(deployments).delete('deployment', { propagationPolicy: 'Orphan', ...uidOf(owner) });
  await t.eventually(async () => !(await t.api(deployments).find('deployment')));
  const { items } = await t.api(replicaSets).list();
  expect(items).toHaveLength(1);
  expect(items[0]!.metadata.ownerReferences ?? []).toEqual([]);
  expect(await podMetas(t)).toHaveLength(2);
});

row(label('keep the rc around until all its pods are deleted if the deleteOptions says so'), async (t) => {
  const owner = await createController(t, 'rc', many);
  await allMade(t, 'rc');
  await t.api(replicationControllers).delete('rc', { propagationPolicy: 'Foreground', ...uidOf(owner) });
  await gone(t, 'rc');
  expect(await podMetas(t)).toEqual([]);
});

row(label("not delete dependents that have both valid owner and owner that's waiting for dependents to be deleted"), async (t) => {
  const leaving = await createController(t, 'leaving', many);
  const staying = await createController(t, 'staying', 0);
  await allMade(t, 'leaving');
  const half = (await podMetas(t)).slice(0, many / 2);
  const reference = { apiVersion: 'v1', kind: 'ReplicationController', name: 'staying', uid: staying.metadata.uid! };
  for (const { name } of half) await t.api(pods).patch(name!, 'strategic', { metadata: { ownerReferences: [reference] } });
  await t.api(replicationControllers).delete('leaving', { propagationPolicy: 'Foreground', ...uidOf(leaving) });
  await gone(t, 'leaving');
  const left = await podMetas(t);
  expect(left.map(({ name }) => name).sort()).toEqual(half.map(({ name }) => name).sort());
  for (const { deletionTimestamp, ownerReferences } of left) {
    expect(deletionTimestamp).toBeUndefined();
    expect(ownerReferences).toEqual([reference]);
  }
});

row(label('not be blocked by dependency circle'), async (t) => {
  const [first, second, third] = await Promise.all(['pod1', 'pod2', 'pod3'].map((name) =>
    t.api(pods).create(podOf(name, [shell('main', untilTold)], { terminationGracePeriodSeconds: 0 }))));
  const own = (owned: typeof first, owner: typeof first) => {
    const { name, uid } = owner!.metadata;
    return t.api(pods).patch(owned!.metadata.name!, 'strategic', { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true, blockOwnerDeletion: true }] } });
  };
  await own(first, third);
  await own(second, first);
  await own(third, second);
  await t.api(pods).delete('pod1', { propagationPolicy: 'Foreground', ...uidOf(first!) });
  await t.eventually(async () => (await podMetas(t)).length === 0);
});
