import type { ResourceQuota } from '../../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { createInformerSet } from '../../../../src/client/informer';
import { startControllers } from '../../../../src/cluster/controllers';
import type { Loop } from '../../../../src/cluster/controllers/controller';
import { core, failure, namespaces, seeded, testRegistry } from '../support/registry';
import { definitions, establish, feeders, settled } from './support';
import { feeder } from './manifests';

describe('the loops across kinds', () => {
  let world: Awaited<ReturnType<typeof testRegistry>>;
  let loops: Loop;
  const log: string[] = [];
  beforeEach(async () => {
    world = await testRegistry();
    const { client, clock, registry } = world;
    loops = startControllers({ client, clock, random: seeded(), log: (line) => void log.push(line), kinds: registry.kinds });
    // Defined after the loops began.
    await establish(world);
    await settled(world);
  });
  afterEach(() => loops.stop());

  const object = (kind: string, more: object) => ({ apiVersion: 'v1', kind, ...more }) as unknown as KubeObject;

  test('a custom resource owns what is collected with it', async () => {
    const { client } = world;
    const owner = await client.create<KubeObject>(feeders, { ...feeder('a', { schedule: '* * * * *' }), metadata: { name: 'a', namespace: 'default' } });
    const ownerReferences = [{ apiVersion: 'farm.example.com/v1', kind: 'Feeder', name: 'a', uid: owner.metadata.uid! }];
    await client.create(core('configmaps'), object('ConfigMap', { metadata: { name: 'owned', namespace: 'default', ownerReferences } }));
    await settled(world);
    await client.delete(feeders, 'a', 'default');
    await settled(world);
    expect(await failure(() => client.get(core('configmaps'), 'owned', 'default'))).toBe('404 NotFound: configmaps "owned" not found');
  });

  test('a custom resource is collected with its owner, and with its definition what it owns', async () => {
    const { client } = world;
    const uidOf = async (name: string) => (await client.get(core('configmaps'), name, 'default')).metadata.uid!;
    await client.create(core('configmaps'), object('ConfigMap', { metadata: { name: 'owner', namespace: 'default' } }));
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: await uidOf('owner') }];
    const owned = await client.create<KubeObject>(feeders, { ...feeder('b', { schedule: '* * * * *' }), metadata: { name: 'b', namespace: 'default', ownerReferences } });
    const below = [{ apiVersion: 'farm.example.com/v1', kind: 'Feeder', name: 'b', uid: owned.metadata.uid! }];
    await client.create(core('configmaps'), object('ConfigMap', { metadata: { name: 'below', namespace: 'default', ownerReferences: below } }));
    await settled(world);
    await client.delete(core('configmaps'), 'owner', 'default');
    await settled(world);
    expect(await failure(() => client.get(feeders, 'b', 'default'))).toBe('404 NotFound: feeders.farm.example.com "b" not found');
    expect(await failure(() => client.get(core('configmaps'), 'below', 'default'))).toBe('404 NotFound: configmaps "below" not found');
  });

  test('a quota counts custom resources, and counts again when some go', async () => {
    const { client } = world;
    const hard = { 'count/feeders.farm.example.com': '2', 'count/ingresses.networking.k8s.io': '1' };
    const make = (name: string) => client.create<KubeObject>(feeders, { ...feeder(name, { schedule: '* * * * *' }), metadata: { name, namespace: 'default' } });
    await make('q1');
    await client.create(core('resourcequotas'), object('ResourceQuota', { metadata: { name: 'q', namespace: 'default' }, spec: { hard } }));
    await settled(world);
    const used = async () => (await client.get<ResourceQuota>(core('resourcequotas'), 'q', 'default')).status!.used;
    expect(await used()).toEqual({ 'count/feeders.farm.example.com': '1', 'count/ingresses.networking.k8s.io': '0' });
    await make('q2');
    expect(await failure(() => make('q3'))).toMatch(/^403 Forbidden: feeders.farm.example.com "q3" is forbidden: exceeded quota: q, requested: count/);
    await client.delete(feeders, 'q1', 'default');
    await settled(world);
    expect(await used()).toEqual({ 'count/feeders.farm.example.com': '1', 'count/ingresses.networking.k8s.io': '0' });
  });

  test('a namespace takes its custom resources along', async () => {
    const { client, store } = world;
    await client.create(namespaces, { metadata: { name: 'farm' } });
    await client.create<KubeObject>(feeders, { ...feeder('c', { schedule: '* * * * *' }), metadata: { name: 'c', namespace: 'farm' } });
    await settled(world);
    await client.delete(namespaces, 'farm');
    await settled(world);
    expect(store.get('/namespaces/farm')).toBeUndefined();
    expect(store.list('farm.example.com/').entries).toEqual([]);
  });

  test('when the definition goes, what its objects own goes, and nobody asks for it any more', async () => {
    const { client, clock } = world;
    const owner = await client.create<KubeObject>(feeders, { ...feeder('d', { schedule: '* * * * *' }), metadata: { name: 'd', namespace: 'default' } });
    const ownerReferences = [{ apiVersion: 'farm.example.com/v1', kind: 'Feeder', name: 'd', uid: owner.metadata.uid! }];
    await client.create(core('configmaps'), object('ConfigMap', { metadata: { name: 'owned', namespace: 'default', ownerReferences } }));
    await settled(world);
    await client.delete(definitions, 'feeders.farm.example.com');
    await settled(world);
    log.length = 0;
    clock.advance(60_000);
    await settled(world);
    expect(log.filter((line) => line.includes('feeders'))).toEqual([]);
  });

  test('an informer that is released ends, and begins anew', async () => {
    const { client, clock } = world;
    const informers = createInformerSet({ client, clock, random: seeded(), log: () => undefined });
    const first = informers.for(feeders);
    await first.synced;
    informers.release(feeders);
    expect(informers.started(feeders)).toBeUndefined();
    expect(informers.for(feeders)).not.toBe(first);
    informers.stop();
  });
});
