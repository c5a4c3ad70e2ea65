import { deepEqual } from '../../../src/api/equal';
import type { ResourceQuota } from '../../../src/api/generated/core.v1';
import { refusal } from '../support/api';
import { images } from '../support/pods';
import { configMaps, pods, replicaSets, replicationControllers, resourceQuotas, secrets, services } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] ResourceQuota should ${name}`;
const device = 'example.com/dongle';

type Amounts = Record<string, string>;

/** Everything that upstream's quota counts. */
const wholeHard: Amounts = {
  pods: '5', services: '10', 'services.nodeports': '1', 'services.loadbalancers': '1', replicationcontrollers: '10', resourcequotas: '1', cpu: '1', memory: '500Mi',
  configmaps: '10', secrets: '10', persistentvolumeclaims: '10', 'requests.storage': '10Gi', 'ephemeral-storage': '50Gi',
  'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '10', 'gold.storageclass.storage.k8s.io/requests.storage': '10Gi',
  'count/replicasets.apps': '5', [`requests.${device}`]: '3',
};

/** Waits until the quota says that it has exactly so much of these in use. */
async function uses(t: RowContext, quota: string, amounts: Amounts): Promise<void> {
  await t.eventually(async () => {
    const { used = {} } = (await t.api(resourceQuotas).get(quota)).status ?? {};
    const found = Object.fromEntries(Object.keys(amounts).map((name) => [name, used[name]]));
    if (!deepEqual(found, amounts)) throw new Error(`quota ${quota} uses ${JSON.stringify(found)}, not ${JSON.stringify(amounts)}`);
    return true;
  }, 60_000);
}

/** The quota of a row: it is there, counts itself, and its limits are what was asked for. */
async function counted(t: RowContext, more: Amounts = {}, expected: Amounts = {}): Promise<void> {
  expect((await t.api(resourceQuotas).list()).items).toEqual([]);
  await t.api(resourceQuotas).create({ metadata: { name: 'test-quota' }, spec: { hard: { ...wholeHard, ...more } } });
  await uses(t, 'test-quota', { resourcequotas: '1', ...expected });
  expect((await t.api(resourceQuotas).get('test-quota')).status?.hard).toEqual({ ...wholeHard, ...more });
}

const used = (t: RowContext, amounts: Amounts) => uses(t, 'test-quota', amounts);

/** No node is good enough for it: it runs nowhere. */
const pod = (name: string, requests: Amounts, limits: Amounts, more: object = {}) => ({
  metadata: { name }, spec: { nodeSelector: { 'x-test.example.com/unsatisfiable': 'not-schedulable' }, containers: [{ name: 'pause', image: images.busybox, resources: { requests, limits } }], ...more },
});

const service = (name: string, type: 'ClusterIP' | 'NodePort' | 'LoadBalancer', more: object = {}) => ({ metadata: { name }, spec: { type, ports: [{ port: 80, targetPort: 80 }], ...more } });

const workload = (name: string) => ({ metadata: { labels: { name } }, spec: { containers: [{ name, image: images.nginx }] } });

row(label('create a ResourceQuota and ensure its status is promptly calculated.'), (t) => counted(t));

row(label('create a ResourceQuota and capture the life of a service.'), async (t) => {
  await counted(t);
  await t.api(services).create(service('test-service', 'ClusterIP'));
  await t.api(services).create(service('test-service-np', 'NodePort'));
  expect(await refusal(t.api(services).create(service('test-service-lb', 'LoadBalancer', { allocateLoadBalancerNodePorts: true })))).toMatchObject({
    code: 403, message: expect.stringMatching(/exceeded quota: test-quota, requested: services\.nodeports=1, used: services\.nodeports=1, limited: services\.nodeports=1$/) as string,
  });
  await used(t, { resourcequotas: '1', services: '2', 'services.nodeports': '1' });
  await t.api(services).delete('test-service');
  await t.api(services).delete('test-service-np');
  await used(t, { resourcequotas: '1', services: '0', 'services.nodeports': '0' });
});

/** Something that only its number counts of, beside those that are there from the beginning. */
async function lifeOf(t: RowContext, resource: typeof secrets | typeof configMaps, name: string, content: object): Promise<void> {
  const found = (await t.api(resource as typeof secrets).list()).items.length;
  await counted(t, { [resource.plural]: String(found + 1) }, { [resource.plural]: String(found) });
  await t.api(resource as typeof secrets).create({ metadata: { name }, ...content });
  await used(t, { resourcequotas: '1', [resource.plural]: String(found + 1) });
  await t.api(resource as typeof secrets).delete(name);
  await used(t, { [resource.plural]: String(found) });
}

row(label('create a ResourceQuota and capture the life of a secret.'), (t) => lifeOf(t, secrets, 'test-secret', { stringData: { 'data-1': 'value-1' } }));
row(label('create a ResourceQuota and capture the life of a configMap.'), (t) => lifeOf(t, configMaps, 'test-configmap', { data: { a: 'a' } }));

row(label('create a ResourceQuota and capture the life of a pod.'), async (t) => {
  await counted(t);
  const requests = { cpu: '500m', memory: '252Mi', 'ephemeral-storage': '30Gi', [device]: '2' };
  await t.api(pods).create(pod('test-pod', requests, { [device]: '2' }));
  const taken = { resourcequotas: '1', pods: '1', cpu: '500m', memory: '252Mi', 'ephemeral-storage': '30Gi', [`requests.${device}`]: '2' };
  await used(t, taken);
  expect(await refusal(t.api(pods).create(pod('fail-pod', { cpu: '600m', memory: '100Mi' }, {})))).toMatchObject({ code: 403 });
  expect(await refusal(t.api(pods).create(pod('fail-pod-for-extended-resource', { ...requests, memory: '100Mi' }, { [device]: '2' })))).toMatchObject({ code: 403 });
  const shrink = t.api(pods).change('test-pod', ({ spec }) => { spec.containers[0]!.resources!.requests = { cpu: '100m', memory: '100Mi', 'ephemeral-storage': '10Gi' }; });
  expect(await refusal(shrink)).toMatchObject({ reason: 'Invalid' });
  await used(t, taken);
  await t.api(pods).delete('test-pod', { gracePeriodSeconds: 0 });
  await used(t, { resourcequotas: '1', pods: '0', cpu: '0', memory: '0', 'ephemeral-storage': '0', [`requests.${device}`]: '0' });
});

row(label('create a ResourceQuota and capture the life of a replication controller.'), async (t) => {
  await counted(t, {}, { replicationcontrollers: '0' });
  await t.api(replicationControllers).create({ metadata: { name: 'test-rc' }, spec: { replicas: 0, selector: { name: 'test-rc' }, template: workload('test-rc') } });
  await used(t, { replicationcontrollers: '1' });
  await t.api(replicationControllers).delete('test-rc', { propagationPolicy: 'Background' });
  await used(t, { replicationcontrollers: '0' });
});

row(label('create a ResourceQuota and capture the life of a replica set.'), async (t) => {
  await counted(t, {}, { 'count/replicasets.apps': '0' });
  await t.api(replicaSets).create({ metadata: { name: 'test-rs' }, spec: { replicas: 0, selector: { matchLabels: { name: 'test-rs' } }, template: workload('test-rs') } });
  await used(t, { 'count/replicasets.apps': '1' });
  await t.api(replicaSets).delete('test-rs');
  await used(t, { 'count/replicasets.apps': '0' });
});

const compute = { 'requests.cpu': '500m', 'requests.memory': '200Mi', 'limits.cpu': '1', 'limits.memory': '400Mi' };
const nothing = Object.fromEntries(Object.keys(compute).map((name) => [name, '0']));
const burstable = (name: string, more: object = {}) => pod(name, { cpu: '500m', memory: '200Mi' }, { cpu: '1', memory: '400Mi' }, more);

async function scoped(t: RowContext, name: string, scope: string, hard: Amounts): Promise<void> {
  await t.api(resourceQuotas).create({ metadata: { name }, spec: { hard, scopes: [scope] as ['Terminating'] } });
  await uses(t, name, { pods: '0' });
}

row(label('verify ResourceQuota with terminating scopes.'), async (t) => {
  const hard = { pods: '5', 'requests.cpu': '1', 'requests.memory': '500Mi', 'limits.cpu': '2', 'limits.memory': '1Gi' };
  await scoped(t, 'quota-terminating', 'Terminating', hard);
  await scoped(t, 'quota-not-terminating', 'NotTerminating', hard);
  const life = async (name: string, more: object, counting: string, ignoring: string) => {
    await t.api(pods).create(burstable(name, more));
    await uses(t, counting, { pods: '1', ...compute });
    await uses(t, ignoring, { pods: '0', ...nothing });
    await t.api(pods).delete(name, { gracePeriodSeconds: 0 });
    await uses(t, counting, { pods: '0', ...nothing });
  };
  await life('test-pod', {}, 'quota-not-terminating', 'quota-terminating');
  await life('terminating-pod', { activeDeadlineSeconds: 3600 }, 'quota-terminating', 'quota-not-terminating');
});

row(label('verify ResourceQuota with best effort scope.'), async (t) => {
  await scoped(t, 'quota-besteffort', 'BestEffort', { pods: '5' });
  await scoped(t, 'quota-not-besteffort', 'NotBestEffort', { pods: '5' });
  const life = async (made: ReturnType<typeof pod>, counting: string, ignoring: string) => {
    await t.api(pods).create(made);
    await uses(t, counting, { pods: '1' });
    await uses(t, ignoring, { pods: '0' });
    await t.api(pods).delete(made.metadata.name, { gracePeriodSeconds: 0 });
    await uses(t, counting, { pods: '0' });
  };
  await life(pod('best-effort-pod', {}, {}), 'quota-besteffort', 'quota-not-besteffort');
  await life(burstable('burstable-pod'), 'quota-not-besteffort', 'quota-besteffort');
});

row(label('be able to update and delete ResourceQuota.'), async (t) => {
  const api = t.api(resourceQuotas);
  await api.create({ metadata: { name: 'test-quota' }, spec: { hard: { cpu: '1', memory: '500Mi' } } });
  expect((await api.get('test-quota')).spec?.hard).toEqual({ cpu: '1', memory: '500Mi' });
  // As upstream: without a resourceVersion.
  const updated = await api.update({ metadata: { name: 'test-quota', namespace: t.namespace }, spec: { hard: { cpu: '2', memory: '1Gi' } } });
  expect(updated.spec?.hard).toEqual({ cpu: '2', memory: '1Gi' });
  expect((await api.get('test-quota')).spec?.hard).toEqual({ cpu: '2', memory: '1Gi' });
  await api.delete('test-quota');
  expect(await refusal(api.get('test-quota'))).toMatchObject({ reason: 'NotFound' });
});

row(label('manage the lifecycle of a ResourceQuota'), async (t) => {
  const api = t.api(resourceQuotas);
  const name = t.unique('e2e-quota');
  const labelSelector = `e2e-rq-label=${name}`;
  await api.create({ metadata: { name, labels: { 'e2e-rq-label': name } }, spec: { hard: { cpu: '1', memory: '500Mi' } } });
  expect((await api.get(name)).spec?.hard).toEqual({ cpu: '1', memory: '500Mi' });
  expect((await t.api(resourceQuotas, '').list({ labelSelector })).items).toHaveLength(1);
  const patched = await api.patch(name, 'strategic', { metadata: { labels: { [name]: 'patched' } }, spec: { hard: { memory: '750Mi' } } });
  expect(patched).toMatchObject({ metadata: { labels: { [name]: 'patched' } }, spec: { hard: { memory: '750Mi' } } });
  await api.deleteCollection({ labelSelector });
  expect(await refusal(api.get(name))).toMatchObject({ reason: 'NotFound' });
});

row(label('apply changes to a resourcequota status'), async (t) => {
  const api = t.api(resourceQuotas);
  const name = t.unique('e2e-rq-status');
  const labelSelector = `e2e-rq-label=${name}`;
  const watching = await api.watch({ labelSelector });
  const told = (hard: Amounts) => watching.until(({ object }) => object.metadata.name === name && deepEqual((object as ResourceQuota).status?.hard, hard));
  const first = await api.create({ metadata: { name, labels: { 'e2e-rq-label': name } }, spec: { hard: { cpu: '500m', memory: '500Mi' } } });
  expect(first.spec?.hard).toEqual({ cpu: '500m', memory: '500Mi' });
  await api.change(name, (quota) => { quota.status = { hard: { ...first.spec!.hard } }; }, { subresource: 'status' });
  await told({ cpu: '500m', memory: '500Mi' });

  const { spec } = await api.patch(name, 'strategic', { spec: { hard: { cpu: '1', memory: '1Gi' } } });
  await api.patch(name, 'strategic', { status: { hard: spec!.hard } }, { subresource: 'status' });
  await told({ cpu: '1', memory: '1Gi' });
  expect((await api.get(name, 'status')).status?.hard).toEqual({ cpu: '1', memory: '1Gi' });

  const other = { cpu: '2', memory: '2Gi' };
  expect((await api.patch(name, 'strategic', { status: { hard: other } }, { subresource: 'status' })).status?.hard).toEqual(other);
  await told(other);
  await t.eventually(async () => deepEqual((await api.get(name)).status?.hard, { cpu: '1', memory: '1Gi' }), 60_000);
  expect((await api.get(name)).spec?.hard).toEqual({ cpu: '1', memory: '1Gi' });
});
