import type { Pod, ResourceQuota } from '../../../../src/api/generated/core.v1';
import { core, failure, testRegistry } from '../support/registry';

const quota = (name: string, hard: Record<string, string>): ResourceQuota => ({ metadata: { name, namespace: 'default' }, spec: { hard } });
const pod = (name: string, more: object = {}): Pod => ({ metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x' }], ...more } }) as Pod;
const configMap = (name: string) => ({ metadata: { name, namespace: 'default' } });

async function world(hard: Record<string, string>) {
  const { client, registry, context, verbs } = await testRegistry();
  await client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  await client.create(core('resourcequotas'), quota('q', hard));
  const used = async () => (await client.get<ResourceQuota>(core('resourcequotas'), 'q', 'default')).status?.used;
  return { client, registry, context, verbs, used };
}

test('who reads a quota after a create finds it counted; what does not fit is refused', async () => {
  const { client, used } = await world({ pods: '1', 'count/pods': '5' });
  await client.create(core('pods'), pod('a'));
  expect(await used()).toEqual({ pods: '1', 'count/pods': '1' });
  expect(await failure(() => client.create(core('pods'), pod('b')))).toBe('403 Forbidden: pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1');
  expect(await failure(() => client.create(core('pods'), { ...pod(''), metadata: { generateName: 'b-', namespace: 'default' } as never })))
    .toMatch(/^403 Forbidden: pods "b-[a-z0-9]{5}" is forbidden: exceeded quota: q/);
  await client.delete(core('pods'), 'a', 'default', { gracePeriodSeconds: 0 });
  await client.create(core('pods'), pod('b'));
});

test('many creates at a time overshoot no quota', async () => {
  const { client, used } = await world({ configmaps: '7', secrets: '1' });
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => client.create(core('configmaps'), configMap(`c${i}`))));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  expect(await used()).toEqual({ configmaps: '7', secrets: '0' });
  const { items } = await client.list(core('configmaps'), { namespace: 'default' });
  expect(items).toHaveLength(7);
});

test('a dry run and a failed write take nothing', async () => {
  const { client, used } = await world({ configmaps: '2' });
  await client.create(core('configmaps'), configMap('a'));
  await client.create(core('configmaps'), configMap('b'), { dryRun: true });
  expect(await failure(() => client.create(core('configmaps'), configMap('a')))).toMatch(/^409 AlreadyExists/);
  expect(await failure(() => client.create(core('configmaps'), { ...configMap('c'), data: { 'no/key': '' } } as never))).toMatch(/^422/);
  expect(await used()).toEqual({ configmaps: '1' });
  await client.create(core('configmaps'), configMap('b'));
  expect(await failure(() => client.create(core('configmaps'), configMap('c'), { dryRun: true }))).toMatch(/exceeded quota: q, requested: configmaps=1, used: configmaps=2, limited: configmaps=2$/);
});

test('an update is charged what it adds', async () => {
  const { client } = await world({ 'services.nodeports': '1' });
  await client.create(core('services'), { metadata: { name: 's', namespace: 'default' }, spec: { ports: [{ name: 'a', port: 1 }, { name: 'b', port: 2 }] } } as never);
  const nodePort = () => client.patch(core('services'), 's', 'default', 'merge', { spec: { type: 'NodePort' } });
  expect(await failure(nodePort)).toBe('403 Forbidden: services "s" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1');
  await client.patch(core('services'), 's', 'default', 'merge', { spec: { ports: [{ name: 'a', port: 1 }] } });
  await nodePort();
});

test('a pod that does not state what is counted is refused', async () => {
  const { client } = await world({ 'limits.memory': '1Gi' });
  expect(await failure(() => client.create(core('pods'), pod('a')))).toBe('403 Forbidden: pods "a" is forbidden: failed quota: q: must specify limits.memory for: c');
});
