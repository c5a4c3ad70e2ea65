import type { Event, Pod } from '../../../../src/api/generated/core.v1';
import { FakeClient } from '../../../../src/client/fake';
import { startReasons } from '../../../../src/cluster/network/reasons';
import { resources, watchCluster } from '../../../../src/cluster/network/state';
import { VirtualClock } from '../../../simulation/virtual-clock';
import { endpoint, service, slice } from '../objects';

const events = { group: '', version: 'v1', plural: 'events', namespaced: true };
const ports = [{ name: '', port: 8080, protocol: 'TCP' as const }];
const pod = (app: string): Pod => ({ metadata: { name: app, namespace: 'default', labels: { app } }, spec: { containers: [] } });
const wed = service('web', { clusterIP: '10.96.0.9', selector: { app: 'wed' }, ports: [{ port: 80 }] });
const one = { ...wed, metadata: { ...wed.metadata, uid: 'one' } };

describe('the reason on a Service at which nobody answers', () => {
  async function start(earlier?: { client: FakeClient; clock: VirtualClock }) {
    const clock = earlier?.clock ?? new VirtualClock();
    const writes: string[] = [];
    const client = earlier?.client ?? new FakeClient({ clock, random: () => 0.5, before: ({ verb, resource }) => {
      if (resource.plural === 'events' && verb !== 'list') writes.push(verb);
    } });
    const state = watchCluster({ client, clock, random: () => 0.5, log: () => undefined });
    await clock.advance(1);
    await state.synced();
    const stop = startReasons({ client, state, clock, log: (line) => { throw new Error(line); } });
    const told = async () => (await client.list<Event>(events)).items.map(({ involvedObject, message }) => `${involvedObject.name}/${involvedObject.uid}: ${message}`);
    return { clock, client, writes, told, end: async () => { await stop(); state.stop(); } };
  }

  it('is told after a while, once, changes, and goes away when it is mended', async () => {
    const { clock, client, writes, told, end } = await start();
    await client.create(resources.services, one);
    await client.create(resources.pods, pod('database'));
    await clock.advance(4000);
    expect(await told()).toEqual([]);
    await clock.advance(4000);
    expect(await told()).toEqual(['web/one: no ready endpoints: selector app=wed matches no pod (closest: app=database)']);
    await client.create(resources.pods, pod('web'));
    await clock.advance(2000);
    expect(await told()).toEqual(['web/one: no ready endpoints: selector app=wed matches no pod (closest: app=web)']);
    for (let turn = 0; turn < 20; turn++) {
      await client.update(resources.pods, { ...pod('database'), status: { message: String(turn) } });
      await clock.advance(1500);
    }
    expect(writes).toEqual(['create', 'create', 'patch']);
    await client.update(resources.services, { ...one, spec: { ...one.spec, selector: { app: 'web' } } });
    await client.create(resources.endpointSlices, slice('web', ports, [endpoint('10.244.0.3')]));
    await clock.advance(2000);
    expect(await told()).toEqual([]);
    expect(writes).toEqual(['create', 'create', 'patch', 'delete']);
    await end();
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not mind a gap in a rollout', async () => {
    const { clock, client, writes, end } = await start();
    await client.create(resources.endpointSlices, slice('web', ports, [endpoint('10.244.0.3')]));
    await client.create(resources.services, wed);
    for (const ready of [false, true, false, true]) {
      await clock.advance(3000);
      await client.update(resources.endpointSlices, slice('web', ports, ready ? [endpoint('10.244.0.3')] : []));
    }
    await clock.advance(10_000);
    expect(writes).toEqual([]);
    await end();
  });

  it('holds for as long as it lasts: told again before it is forgotten', async () => {
    const { clock, client, writes, end } = await start();
    await client.create(resources.services, wed);
    await clock.advance(2 * 3_600_000);
    expect(writes.filter((verb) => verb === 'patch')).toHaveLength(3);
    await end();
  });

  it('outlives a restart: what is mended meanwhile is taken back, what is not is told once', async () => {
    const first = await start();
    const { client, clock } = first;
    await client.create(resources.services, one);
    await client.create(resources.services, service('other', { clusterIP: '10.96.0.8', selector: { app: 'none' }, ports: [{ port: 80 }] }));
    await clock.advance(10_000);
    expect(await first.told()).toHaveLength(2);
    await first.end();
    await client.delete(resources.services, 'other', 'default');
    const second = await start({ client, clock });
    await clock.advance(10_000);
    expect(await second.told()).toEqual(['web/one: no ready endpoints: selector app=wed matches no pod']);
    expect(first.writes).toEqual(['create', 'create', 'delete']);
    await second.end();
  });

  it('follows a Service that is made anew under its name', async () => {
    const { clock, client, told, end } = await start();
    await client.create(resources.services, one);
    await clock.advance(10_000);
    await client.delete(resources.services, 'web', 'default');
    await client.create(resources.services, { ...wed, metadata: { ...wed.metadata, uid: 'two' } });
    await clock.advance(10_000);
    expect(await told()).toEqual(['web/two: no ready endpoints: selector app=wed matches no pod']);
    await end();
  });
});
