import { podExec, podOf } from '../support/pods';
import { pods, replicaSets } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';
import { controllerUid, keepsConditions, podsReady, replicasReady, scales, sees, templateOf, web } from '../support/workloads';

const label = (name: string) => `[sig-apps] ReplicaSet ${name}`;

function create(t: RowContext, name: string, replicas: number, labels: Record<string, string> = { name }) {
  return t.api(replicaSets).create({ metadata: { name, labels }, spec: { replicas, selector: { matchLabels: labels }, template: templateOf(labels) } });
}

rowOnDocker(label('should serve a basic image on each replica with a public image'), async (t) => {
  await create(t, 'basic', 2);
  const [first, second] = await podsReady(t, { name: 'basic' }, 2);
  for (const [from, to] of [[first!, second!], [second!, first!]] as const) {
    await t.eventually(async () => (await podExec(t, from.metadata.name, ['wget', '-qO-', `http://${to.status!.podIP}`])).stdout.includes('nginx'));
  }
});

row(label('should adopt matching pods on creation and release no longer matching pods'), async (t) => {
  const labels = { name: 'pod-adoption-release' };
  await t.api(pods).create(podOf('orphan', [web], {}, labels));
  const { metadata } = await create(t, 'pod-adoption-release', 1, labels);
  await t.eventually(async () => controllerUid(await t.api(pods).get('orphan')) === metadata.uid);
  await t.api(pods).patch('orphan', 'merge', { metadata: { labels: { name: 'not-matching' } } });
  await t.eventually(async () => controllerUid(await t.api(pods).get('orphan')) === undefined);
  await podsReady(t, labels, 1);
});

row(label('Replicaset should have a working scale subresource'), async (t) => {
  await create(t, 'scaled', 1);
  await replicasReady(t, t.api(replicaSets), 'scaled', 1);
  await scales(t, t.api(replicaSets), 'scaled');
});

row(label('Replace and Patch tests'), async (t) => {
  const api = t.api(replicaSets);
  await create(t, 'replaced', 1);
  await replicasReady(t, api, 'replaced', 1);
  await api.change('replaced', ({ spec }) => { spec!.replicas = 2; });
  await replicasReady(t, api, 'replaced', 2);
  const watch = await api.watch({ fieldSelector: 'metadata.name=replaced' });
  await api.patch('replaced', 'strategic', { metadata: { labels: { 'test-rs': 'patched' } }, spec: { replicas: 3, template: { spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'web', image: 'busybox:1.36', command: ['sleep', '3600'] }] } } } });
  await sees(watch, (object) => object.metadata.labels?.['test-rs'] === 'patched' && object.status?.readyReplicas === 3, 'MODIFIED');
  const patched = await api.get('replaced');
  expect(patched.spec).toMatchObject({ replicas: 3, template: { spec: { containers: [{ image: 'busybox:1.36', command: ['sleep', '3600'] }], terminationGracePeriodSeconds: 0 } } });
});

row(label('should list and delete a collection of ReplicaSets'), async (t) => {
  const api = t.api(replicaSets);
  const labels = { e2e: t.namespace };
  await create(t, 'collected', 3, labels);
  await podsReady(t, labels, 3);
  const mine = { labelSelector: `e2e=${t.namespace}` };
  expect((await t.api(replicaSets, '').list(mine)).items).toHaveLength(1);
  await api.deleteCollection(mine);
  await t.eventually(async () => (await api.list(mine)).items.length === 0);
});

row(label('should validate Replicaset Status endpoints'), async (t) => {
  await create(t, 'told', 1);
  await podsReady(t, { name: 'told' }, 1);
  await keepsConditions(t.api(replicaSets), 'told');
});
