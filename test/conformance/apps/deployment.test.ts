import type { Deployment, ReplicaSet } from '../../../src/api/generated/apps.v1';
import type { Pod } from '../../../src/api/generated/core.v1';
import { images } from '../support/pods';
import { deployments, pods, replicaSets } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { controllerUid, isRunning, keepsConditions, livePods, podsReady, replicasReady, scales, sees, templateOf, web } from '../support/workloads';

const label = (name: string) => `[sig-apps] Deployment ${name}`;
const revision = 'deployment.kubernetes.io/revision';

function draft(name: string, replicas: number, spec: Partial<NonNullable<Deployment['spec']>> = {}, image: string = images.nginx, labels: Record<string, string> = { name }) {
  return { metadata: { name, labels }, spec: { replicas, selector: { matchLabels: labels }, template: templateOf(labels, [{ ...web, image }]), ...spec } };
}

const setsOf = async (t: RowContext, { metadata }: Deployment): Promise<ReplicaSet[]> =>
  (await t.api(replicaSets).list()).items.filter((set) => controllerUid(set) === metadata.uid);

/** All pods are of the template as it is now. */
function complete(t: RowContext, name: string): Promise<Deployment> {
  return t.eventually(async () => {
    const deployment = await t.api(deployments).get(name);
    const { status = {}, spec, metadata } = deployment;
    const { replicas } = spec!;
    return status.observedGeneration! >= metadata.generation! && status.updatedReplicas === replicas && status.replicas === replicas && status.availableReplicas === replicas && deployment;
  }, 120_000) as Promise<Deployment>;
}

/** A ReplicaSet that was there before, of the revision given. */
const before = (t: RowContext, name: string, labels: Record<string, string>, replicas: number, annotations: Record<string, string> = {}) =>
  t.api(replicaSets).create({ metadata: { name, labels, annotations }, spec: { replicas, selector: { matchLabels: labels }, template: templateOf(labels) } });

row(label('RollingUpdateDeployment should delete old pods and create new ones'), async (t) => {
  const labels = { name: 'sample-pod' };
  await before(t, 'test-rolling-update-controller', { ...labels, pod: 'httpd' }, 1, { [revision]: '3546342826' });
  await podsReady(t, labels, 1);
  const made = await t.api(deployments).create(draft('test-rolling-update-deployment', 1, {}, images.busybox, labels));
  await t.api(deployments).patch(made.metadata.name, 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', command: ['sleep', '3600'] }] } } } });
  const deployment = await complete(t, made.metadata.name);
  const sets = await setsOf(t, deployment);
  expect(sets.find(({ metadata }) => metadata.name === 'test-rolling-update-controller')?.spec?.replicas).toBe(0);
  expect(Number(deployment.metadata.annotations?.[revision])).toBeGreaterThan(3546342826);
  const live = await livePods(t, labels);
  expect(live.map(({ spec }) => spec.containers[0]!.image)).toEqual([images.busybox]);
});

row(label('RecreateDeployment should delete old pods and create new ones'), async (t) => {
  const { metadata } = await t.api(deployments).create(draft('test-recreate-deployment', 1, { strategy: { type: 'Recreate' } }));
  await complete(t, metadata.name);
  const watch = await t.api(pods).watch({ labelSelector: 'name=test-recreate-deployment' });
  await t.api(deployments).patch(metadata.name, 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', image: images.redis }] } } } });
  await complete(t, metadata.name);
  // At no time do pods of both templates run.
  const running = new Map<string, string>();
  for (const { type, object } of watch.events as readonly { type: string; object: Pod }[]) {
    if (type === 'DELETED' || !isRunning(object)) running.delete(object.metadata.name);
    else running.set(object.metadata.name, object.spec.containers[0]!.image!);
    expect(new Set(running.values()).size).toBeLessThanOrEqual(1);
  }
});

row(label('deployment should delete old replica sets'), async (t) => {
  const labels = { name: 'cleanup-pod' };
  await before(t, 'test-cleanup-controller', { ...labels, pod: 'httpd' }, 1);
  await podsReady(t, labels, 1);
  const made = await t.api(deployments).create(draft('test-cleanup-deployment', 1, { revisionHistoryLimit: 0 }, images.busybox, labels));
  await t.api(deployments).patch(made.metadata.name, 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', command: ['sleep', '3600'] }] } } } });
  await t.eventually(async () => !(await t.api(replicaSets).find('test-cleanup-controller')));
  await t.eventually(async () => (await setsOf(t, made)).length === 1);
});

row(label('deployment should support rollover'), async (t) => {
  const labels = { name: 'rollover-pod' };
  await before(t, 'test-rollover-controller', { ...labels, pod: 'httpd' }, 1);
  await podsReady(t, labels, 1);
  const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
  const made = await t.api(deployments).create(draft('test-rollover-deployment', 1, { strategy, minReadySeconds: 2 }, 'redis-does-not-exist:1', labels));
  await t.eventually(async () => (await setsOf(t, made)).length === 2);
  await t.api(deployments).patch(made.metadata.name, 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', image: images.redis }] } } } });
  await complete(t, made.metadata.name);
  const sets = await setsOf(t, made);
  expect(sets).toHaveLength(3);
  expect(sets.filter(({ spec }) => spec?.replicas === 0)).toHaveLength(2);
  const live = await livePods(t, labels);
  expect(live.map(({ spec }) => spec.containers[0]!.image)).toEqual([images.redis]);
});

row(label('Deployment should have a working scale subresource'), async (t) => {
  await t.api(deployments).create(draft('test-new-deployment', 1));
  await replicasReady(t, t.api(deployments), 'test-new-deployment', 1);
  await scales(t, t.api(deployments), 'test-new-deployment');
});

row(label('deployment should support proportional scaling'), async (t) => {
  const api = t.api(deployments);
  const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } };
  const made = await api.create(draft('webserver-deployment', 10, { strategy }));
  await complete(t, 'webserver-deployment');
  const sizes = async () => Object.fromEntries((await setsOf(t, made)).map(({ spec }) => [spec!.template!.spec!.containers[0]!.image!, spec!.replicas!]));
  await api.patch('webserver-deployment', 'strategic', { spec: { template: { spec: { containers: [{ name: 'web', image: 'webserver-does-not-exist:404' }] } } } });
  await t.eventually(async () => {
    const { status } = await api.get('webserver-deployment');
    const now = await sizes();
    return now[images.nginx] === 8 && now['webserver-does-not-exist:404'] === 5 && status?.updatedReplicas === 5 && status.availableReplicas === 8;
  });
  await api.patch('webserver-deployment', 'strategic', { spec: { replicas: 30 } });
  // 33 at most, shared as before: 8 of 13 and 5 of 13 of the 20 that are added.
  await t.eventually(async () => {
    const now = await sizes();
    return now[images.nginx] === 20 && now['webserver-does-not-exist:404'] === 13;
  });
});

row(label('should run the lifecycle of a Deployment'), async (t) => {
  const api = t.api(deployments);
  const mine = { labelSelector: 'test-deployment-static=true' };
  const watch = await api.watch(mine);
  await api.create(draft('test-deployment', 2, {}, images.nginx, { 'test-deployment-static': 'true' }));
  await watch.until(({ type }) => type === 'ADDED');
  await sees(watch, (object) => object.status?.availableReplicas === 2 && object.status.readyReplicas === 2);
  await api.patch('test-deployment', 'strategic', { metadata: { labels: { 'test-deployment': 'patched' } }, spec: { replicas: 1, template: { spec: { containers: [{ name: 'web', image: images.redis }] } } } });
  await sees(watch, (object) => object.metadata.labels?.['test-deployment'] === 'patched', 'MODIFIED');
  await sees(watch, (object) => object.status?.availableReplicas === 1 && object.status.updatedReplicas === 1 && object.status.replicas === 1);
  const { items } = await t.api(deployments, '').list(mine);
  expect(items.filter(({ metadata }) => metadata.namespace === t.namespace)).toMatchObject([{ spec: { replicas: 1, template: { spec: { containers: [{ image: images.redis }] } } } }]);
  await api.change('test-deployment', ({ metadata, spec }) => {
    metadata.labels!['test-deployment'] = 'updated';
    spec!.template.spec!.containers[0]!.image = images.nginx;
    spec!.replicas = 2;
  });
  await sees(watch, (object) => object.metadata.labels?.['test-deployment'] === 'updated', 'MODIFIED');
  await sees(watch, (object) => object.status?.readyReplicas === 2 && object.status.updatedReplicas === 2);
  expect((await api.get('test-deployment', 'status')).status).toMatchObject({ readyReplicas: 2 });
  await api.patch('test-deployment', 'strategic', { status: { readyReplicas: 1 } }, { subresource: 'status' });
  await sees(watch, (object) => object.status?.readyReplicas === 1);
  await sees(watch, (object) => object.status?.readyReplicas === 2);
  await api.deleteCollection(mine);
  await watch.until(({ type }) => type === 'DELETED');
});

row(label('should validate Deployment Status endpoints'), async (t) => {
  await t.api(deployments).create(draft('told', 1));
  await podsReady(t, { name: 'told' }, 1);
  await keepsConditions(t.api(deployments), 'told');
});

