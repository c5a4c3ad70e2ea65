import type { StatefulSet } from '../../../src/api/generated/apps.v1';
import type { Container, Pod } from '../../../src/api/generated/core.v1';
import { images, podExec, podOf, podRunning, shell, untilTold } from '../support/pods';
import { nodes, pods, services, statefulSets } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';
import { isRunning, keepsConditions, replicasReady, scales, selected, sees, templateOf, web } from '../support/workloads';

const label = (name: string) => `[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] ${name}`;
const labels = { foo: 'bar', baz: 'blah' };

type Spec = NonNullable<StatefulSet['spec']>;

async function create(t: RowContext, name: string, replicas: number, spec: Partial<Spec> = {}): Promise<StatefulSet> {
  await t.api(services).create({ metadata: { name: 'test', labels }, spec: { selector: labels, clusterIP: 'None', ports: [{ name: 'http', port: 80, protocol: 'TCP' }] } });
  return t.api(statefulSets).create({ metadata: { name, labels }, spec: { serviceName: 'test', replicas, selector: { matchLabels: labels }, template: templateOf(labels), ...spec } });
}

const ordinals = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);
const setImage = (t: RowContext, name: string, image: string) => t.api(statefulSets).change(name, ({ spec }) => { spec!.template.spec!.containers[0]!.image = image; });
const podsOf = async (t: RowContext) => (await t.api(pods).list({ labelSelector: selected(labels) })).items.sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
const imageOf = (pod: Pod) => pod.spec.containers[0]!.image;
const revisionOf = (pod: Pod) => pod.metadata.labels?.['controller-revision-hash'];

/** All replicas are ready, with these images by ordinal. */
const imagesAre = (t: RowContext, wanted: readonly string[]) => t.eventually(async () => {
  const all = await podsOf(t);
  return all.length === wanted.length && all.every(isRunning) && JSON.stringify(all.map(imageOf)) === JSON.stringify(wanted) && all;
}, 180_000) as Promise<Pod[]>;

row(label('should perform rolling updates and roll backs of template modifications'), async (t) => {
  const api = t.api(statefulSets);
  await create(t, 'ss2', 3);
  await replicasReady(t, api, 'ss2', 3);
  const watch = await t.api(pods).watch({ labelSelector: selected(labels) });
  const before = (await api.get('ss2')).status!;
  expect(before.currentRevision).toBe(before.updateRevision);
  const change = async (image: string) => {
    const told = watch.events.length;
    await setImage(t, 'ss2', image);
    await imagesAre(t, [image, image, image]);
    await t.eventually(async () => {
      const { status } = await api.get('ss2');
      return status?.currentRevision === status?.updateRevision && status;
    });
    // The last one first.
    expect(watch.events.slice(told).filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.name)).toEqual(['ss2-2', 'ss2-1', 'ss2-0']);
    return (await api.get('ss2')).status!;
  };
  const updated = await change(images.redis);
  expect(updated.currentRevision).not.toBe(before.currentRevision);
  const back = await change(images.nginx);
  expect(back.currentRevision).toBe(before.currentRevision);
}, { timeoutMs: 240_000 });

row(label('should perform canary updates and phased rolling updates of template modifications'), async (t) => {
  const api = t.api(statefulSets);
  const partition = (at: number) => api.change('ss2', ({ spec }) => { spec!.updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: at } }; });
  const [old, now] = [images.nginx, images.redis];
  await create(t, 'ss2', 3, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 3 } } });
  await replicasReady(t, api, 'ss2', 3);
  const { currentRevision } = (await api.get('ss2')).status!;
  await setImage(t, 'ss2', now);
  const { updateRevision } = (await t.eventually(async () => {
    const { status } = await api.get('ss2');
    return status?.updateRevision !== currentRevision && status;
  })) as NonNullable<StatefulSet['status']>;
  await imagesAre(t, [old, old, old]);
  await partition(2);
  const canary = await imagesAre(t, [old, old, now]);
  expect(canary.map(revisionOf)).toEqual([currentRevision, currentRevision, updateRevision]);
  await t.api(pods).deleteCollection({ labelSelector: selected(labels) });
  await t.eventually(async () => (await podsOf(t)).every(({ metadata }) => !canary.some((pod) => pod.metadata.uid === metadata.uid)));
  expect((await imagesAre(t, [old, old, now])).map(revisionOf)).toEqual([currentRevision, currentRevision, updateRevision]);
  for (const [at, wanted] of [[1, [old, now, now]], [0, [now, now, now]]] as const) {
    await partition(at);
    await imagesAre(t, wanted);
  }
  await t.eventually(async () => (await api.get('ss2')).status?.currentRevision === updateRevision);
}, { timeoutMs: 240_000 });

/** Ready while a file is there, which the row takes away and puts back. */
const breakable: Container = shell('web', `touch /tmp/ready; ${untilTold}`, { readinessProbe: { exec: { command: ['test', '-f', '/tmp/ready'] }, periodSeconds: 1, successThreshold: 1, failureThreshold: 1 } });

const mend = (t: RowContext, name: string) => podExec(t, name, ['touch', '/tmp/ready']);
async function setReady(t: RowContext, name: string, ready: boolean): Promise<void> {
  await (ready ? mend(t, name) : podExec(t, name, ['rm', '/tmp/ready']));
  await t.eventually(async () => isRunning(await t.api(pods).get(name)) === ready);
}

const scaleTo = (t: RowContext, replicas: number) => t.api(statefulSets).patch('ss', 'merge', { spec: { replicas } });
const stays = async (t: RowContext, names: readonly string[]) => {
  for (let look = 0; look < 10; look++) {
    expect((await podsOf(t)).filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.name)).toEqual(names);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};

rowOnDocker(label('Scaling should happen in predictable order and halt if any stateful pod is unhealthy [Slow]'), async (t) => {
  const api = t.api(statefulSets);
  const watch = await t.api(pods).watch({ labelSelector: selected(labels) });
  await create(t, 'ss', 1, { template: templateOf(labels, [breakable]) });
  await replicasReady(t, api, 'ss', 1);
  await setReady(t, 'ss-0', false);
  await scaleTo(t, 3);
  await stays(t, ['ss-0']);
  await setReady(t, 'ss-0', true);
  await replicasReady(t, api, 'ss', 3);
  expect(watch.events.filter(({ type }) => type === 'ADDED').map(({ object }) => object.metadata.name)).toEqual(ordinals('ss', 3));
  await Promise.all(ordinals('ss', 3).map((name) => setReady(t, name, false)));
  await scaleTo(t, 0);
  await stays(t, ordinals('ss', 3));
  await Promise.all(ordinals('ss', 3).map((name) => mend(t, name)));
  await t.eventually(async () => (await podsOf(t)).length === 0, 120_000);
  expect(watch.events.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.name)).toEqual(ordinals('ss', 3).reverse());
});

rowOnDocker(label('Burst scaling should run to completion even with unhealthy pods [Slow]'), async (t) => {
  const api = t.api(statefulSets);
  await create(t, 'ss', 1, { podManagementPolicy: 'Parallel', template: templateOf(labels, [breakable]) });
  await replicasReady(t, api, 'ss', 1);
  await setReady(t, 'ss-0', false);
  await scaleTo(t, 3);
  await t.eventually(async () => (await podsOf(t)).length === 3);
  await setReady(t, 'ss-0', true);
  await replicasReady(t, api, 'ss', 3);
  await setReady(t, 'ss-0', false);
  await scaleTo(t, 0);
  await t.eventually(async () => (await podsOf(t)).length === 0, 120_000);
  await t.eventually(async () => ((await api.get('ss')).status?.replicas ?? 0) === 0);
});

rowOnDocker(label('Should recreate evicted statefulset'), async (t) => {
  const port = { containerPort: 21017, hostPort: 21017, name: 'conflict' };
  const busy: Container = { ...web, ports: [port] };
  const node = (await t.api(nodes).list()).items[0]!.metadata.name;
  await t.api(pods).create(podOf('test-pod', [busy], { nodeName: node }));
  await podRunning(t, 'test-pod');
  const watch = await t.api(pods).watch({ labelSelector: selected(labels) });
  await create(t, 'ss', 1, { template: templateOf(labels, [busy], { nodeName: node }) });
  // It cannot have its port: it fails, is deleted and made anew.
  const failed = await sees(watch, ({ metadata, status }) => metadata.name === 'ss-0' && status?.phase === 'Failed');
  await watch.until(({ type, object }) => type === 'DELETED' && object.metadata.uid === failed.metadata.uid);
  await t.api(pods).delete('test-pod');
  await t.eventually(async () => {
    const pod = await t.api(pods).find('ss-0');
    return pod && pod.metadata.uid !== failed.metadata.uid && isRunning(pod);
  }, 120_000);
});

row(label('should have a working scale subresource'), async (t) => {
  await create(t, 'ss', 1);
  await replicasReady(t, t.api(statefulSets), 'ss', 1);
  await scales(t, t.api(statefulSets), 'ss');
});

row(label('should list, patch and delete a collection of StatefulSets'), async (t) => {
  const api = t.api(statefulSets);
  const mine = { labelSelector: 'test-ss=patched' };
  await create(t, 'test-ss', 1);
  await replicasReady(t, api, 'test-ss', 1);
  await api.patch('test-ss', 'strategic', { metadata: { labels: { 'test-ss': 'patched' } }, spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: images.redis }] } } } });
  await imagesAre(t, [images.redis, images.redis]);
  expect((await t.api(statefulSets, '').list(mine)).items.filter(({ metadata }) => metadata.namespace === t.namespace)).toHaveLength(1);
  await api.deleteCollection(mine);
  await t.eventually(async () => (await api.list(mine)).items.length === 0);
});

row(label('should validate Statefulset Status endpoints'), async (t) => {
  await create(t, 'ss', 1);
  await replicasReady(t, t.api(statefulSets), 'ss', 1);
  expect((await t.api(statefulSets).patch('ss', 'strategic', { metadata: { labels: { e2e: 'testing' } } })).metadata.labels).toMatchObject({ e2e: 'testing' });
  await keepsConditions(t.api(statefulSets), 'ss');
});
