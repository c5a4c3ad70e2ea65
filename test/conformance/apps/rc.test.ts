import type { ReplicationController } from '../../../src/api/generated/core.v1';
import { podExec, podOf } from '../support/pods';
import { pods, replicationControllers, resourceQuotas } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';
import { controllerUid, livePods, podsReady, replicasReady, scales, sees, templateOf, web } from '../support/workloads';

const label = (name: string) => `[sig-apps] ReplicationController should ${name}`;

const create = (t: RowContext, name: string, replicas: number, labels: Record<string, string> = { name }) =>
  t.api(replicationControllers).create({ metadata: { name, labels }, spec: { replicas, selector: labels, template: templateOf(labels) } });

rowOnDocker(label('serve a basic image on each replica with a public image'), async (t) => {
  await create(t, 'basic', 1);
  const [pod] = await podsReady(t, { name: 'basic' }, 1);
  await t.eventually(async () => (await podExec(t, pod!.metadata.name, ['wget', '-qO-', `http://${pod!.status!.podIP}`])).stdout.includes('nginx'));
});

row(label('surface a failure condition on a common issue like exceeded quota'), async (t) => {
  const api = t.api(replicationControllers);
  const failure = ({ status }: ReplicationController) => status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  await t.api(resourceQuotas).create({ metadata: { name: 'condition-test' }, spec: { hard: { pods: '2' } } });
  await t.eventually(async () => (await t.api(resourceQuotas).get('condition-test')).status?.hard?.pods === '2');
  await create(t, 'condition-test', 3);
  await t.eventually(async () => {
    const controller = await api.get('condition-test');
    return (controller.status?.observedGeneration ?? 0) >= controller.metadata.generation! && failure(controller) !== undefined;
  });
  await api.change('condition-test', ({ spec }) => { spec!.replicas = 2; });
  await t.eventually(async () => {
    const controller = await api.get('condition-test');
    return (controller.status?.observedGeneration ?? 0) >= controller.metadata.generation! && failure(controller) === undefined;
  });
});

row(label('adopt matching pods on creation'), async (t) => {
  const labels = { name: 'pod-adoption' };
  await t.api(pods).create(podOf('pod-adoption', [web], {}, labels));
  const { metadata } = await create(t, 'pod-adoption', 1, labels);
  await t.eventually(async () => controllerUid(await t.api(pods).get('pod-adoption')) === metadata.uid);
  expect(await livePods(t, labels)).toHaveLength(1);
});

row(label('release no longer matching pods'), async (t) => {
  const labels = { name: 'pod-release' };
  const { metadata } = await create(t, 'pod-release', 1, labels);
  const [pod] = await podsReady(t, labels, 1);
  expect(controllerUid(pod!)).toBe(metadata.uid);
  await t.api(pods).patch(pod!.metadata.name, 'merge', { metadata: { labels: { name: 'not-matching-name' } } });
  await t.eventually(async () => controllerUid(await t.api(pods).get(pod!.metadata.name)) === undefined);
});

row(label('test the lifecycle of a ReplicationController'), async (t) => {
  const api = t.api(replicationControllers);
  const mine = { labelSelector: 'test-rc-static=true' };
  const labels = { 'test-rc-static': 'true' };
  const watch = await api.watch(mine);
  await create(t, 'rc-test', 1, labels);
  await watch.until(({ type }) => type === 'ADDED');
  await sees(watch, (object) => object.status?.readyReplicas === 1);
  await api.patch('rc-test', 'strategic', { metadata: { labels: { 'test-rc': 'patched' } } });
  await sees(watch, (object) => object.metadata.labels?.['test-rc'] === 'patched', 'MODIFIED');
  await api.patch('rc-test', 'strategic', { status: { readyReplicas: 0, availableReplicas: 0 } }, { subresource: 'status' });
  await sees(watch, (object) => !object.status?.readyReplicas, 'MODIFIED');
  await sees(watch, (object) => object.status?.readyReplicas === 1);
  expect((await api.get('rc-test', 'status')).status?.replicas).toBe(1);
  await api.patch('rc-test', 'strategic', { spec: { replicas: 2 } }, { subresource: 'scale' });
  await sees(watch, (object) => object.spec?.replicas === 2, 'MODIFIED');
  await sees(watch, (object) => object.status?.readyReplicas === 2);
  expect((await api.get('rc-test')).metadata.labels).toMatchObject({ 'test-rc': 'patched' });
  await api.change('rc-test', ({ status }) => { status!.availableReplicas = 1; status!.readyReplicas = 1; }, { subresource: 'status' });
  await watch.until(({ type }) => type === 'MODIFIED');
  const { items } = await t.api(replicationControllers, '').list(mine);
  expect(items.filter(({ metadata }) => metadata.namespace === t.namespace)).toMatchObject([{ metadata: { name: 'rc-test', labels: { 'test-rc': 'patched' } }, spec: { replicas: 2 } }]);
  await api.deleteCollection(mine);
  await watch.until(({ type }) => type === 'DELETED');
});

row(label('get and update a ReplicationController scale'), async (t) => {
  await create(t, 'scaled', 1);
  await replicasReady(t, t.api(replicationControllers), 'scaled', 1);
  await scales(t, t.api(replicationControllers), 'scaled');
});
