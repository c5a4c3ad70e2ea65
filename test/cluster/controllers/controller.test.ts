import type { ConfigMap } from '../../../src/api/generated/core.v1';
import { FakeClient, type FakeRequest } from '../../../src/client/fake';
import { createInformerSet } from '../../../src/client/informer';
import { startController, type Loop } from '../../../src/cluster/controllers/controller';
import { create, nothingToDo, update, type Plan } from '../../../src/kinds/actions';
import { reconciler, Terminal, watch, type Observed, type ReconcileContext } from '../../../src/kinds/reconciler';
import { configMaps, serviceAccounts } from '../../../src/kinds/resources';
import { seededRandom } from '../../simulation/random';
import { settle, VirtualClock } from '../../simulation/virtual-clock';

const configMap = (name: string, value = ''): ConfigMap => ({ metadata: { name, namespace: 'default' }, data: { value } });

describe('a controller', () => {
  let clock: VirtualClock;
  let client: FakeClient;
  let before: (request: FakeRequest) => void;
  let log: string[];
  let calls: string[];
  let stop: () => Promise<void>;

  const start = (decide: (object: ConfigMap, observed: Observed, context: ReconcileContext) => Plan, gone: () => Plan = () => nothingToDo) => {
    const informers = createInformerSet({ client, clock, random: seededRandom(1), log: (line) => log.push(line) });
    const loop: Loop = startController(reconciler<ConfigMap>({
      name: 'test-controller', resource: configMaps,
      watches: [watch({ resource: serviceAccounts, keys: ({ metadata }) => [`default/${metadata.name}`] })],
      reconcile: (object, observed, context) => {
        calls.push(`${object.metadata.name}@${object.metadata.resourceVersion}`);
        return decide(object, observed, context);
      },
      gone: ({ name }) => {
        calls.push(`${name} gone`);
        return gone();
      },
    }), { client, informers, clock, log: (line) => log.push(line) });
    stop = async () => {
      informers.stop();
      await loop.stop();
    };
  };

  beforeEach(() => {
    clock = new VirtualClock();
    before = () => undefined;
    log = [];
    calls = [];
    client = new FakeClient({ clock, random: seededRandom(1), before: (request) => before(request) });
  });
  afterEach(async () => {
    await stop();
    await settle();
    expect(clock.pendingTimers).toBe(0);
  });

  it('looks at each object, at each change, and at what is gone', async () => {
    await client.create(configMaps, configMap('a'));
    start(() => nothingToDo);
    await clock.advance(0);
    await client.update(configMaps, configMap('a', 'x'));
    await clock.advance(0);
    await client.create(serviceAccounts, { metadata: { name: 'a', namespace: 'default' } });
    await clock.advance(0);
    await client.delete(configMaps, 'a', 'default');
    await clock.advance(0);
    expect(calls).toEqual(['a@1', 'a@2', 'a@2', 'a gone']);
  });

  it('never decides on what was before its own writes', async () => {
    const seen: number[] = [];
    start((object, observed) => {
      seen.push(observed.list(configMaps).length);
      return object.metadata.name === 'a' && observed.list(configMaps).length < 4
        ? { actions: [create(configMaps, { metadata: { name: '', generateName: 'b-', namespace: 'default' } } as ConfigMap)] } : nothingToDo;
    });
    await client.create(configMaps, configMap('a'));
    for (let change = 0; change < 6; change++) {
      await client.update(configMaps, configMap('a', String(change)));
      await clock.advance(0);
    }
    expect((await client.list(configMaps)).items).toHaveLength(4);
  });

  it('comes back after a failure, later each time, and says what failed', async () => {
    before = ({ verb }) => {
      if (verb === 'update' && clock.now() < Date.parse('2026-01-01T00:00:00.030Z')) throw new Error('down');
    };
    await client.create(configMaps, configMap('a'));
    start((object) => (object.data!.value === 'done' ? nothingToDo : { actions: [update(configMaps, { ...object, data: { value: 'done' } })] }));
    await clock.advance(1000);
    expect(calls).toEqual(['a@1', 'a@1', 'a@1', 'a@1', 'a@2']);
    expect(log).toEqual(Array.from({ length: 3 }, () => 'test-controller: default/a: down'));
  });

  it('does not speak of conflicts', async () => {
    await client.create(configMaps, configMap('a'));
    let tries = 0;
    start((object) => (tries++ === 0 ? { actions: [update(configMaps, { ...object, metadata: { ...object.metadata, resourceVersion: '99' } })] } : nothingToDo));
    await clock.advance(1000);
    expect([tries, log]).toEqual([2, []]);
  });

  it('gives up on what trying again cannot mend, until the object changes', async () => {
    await client.create(configMaps, configMap('a'));
    start(() => {
      throw new Terminal('bad selector');
    });
    await clock.advance(60_000);
    expect([calls, log]).toEqual([['a@1'], ['test-controller: default/a: bad selector']]);
    await client.update(configMaps, configMap('a', 'x'));
    await clock.advance(0);
    expect(calls).toEqual(['a@1', 'a@2']);
  });

  it('looks again when it was told to', async () => {
    await client.create(configMaps, configMap('a'));
    start(() => (calls.length < 3 ? { actions: [], requeueAfterMs: 1000 } : nothingToDo));
    await clock.advance(5000);
    expect(calls).toHaveLength(3);
  });

  it('tells until when it was asked to wait, whatever happens meanwhile', async () => {
    await client.create(configMaps, configMap('a'));
    const told: (number | undefined)[] = [];
    const beganMs = clock.now();
    start((_object, _observed, { nowMs, awaitedMs }) => {
      told.push(awaitedMs === undefined ? undefined : awaitedMs - beganMs);
      return awaitedMs !== undefined && nowMs >= awaitedMs ? nothingToDo : { actions: [], requeueAfterMs: (awaitedMs ?? nowMs + 3000) - nowMs };
    });
    await clock.advance(1000);
    await client.update(configMaps, configMap('a', 'x'));
    await clock.advance(5000);
    await client.update(configMaps, configMap('a', 'y'));
    await clock.advance(0);
    expect(told).toEqual([undefined, 3000, 3000, undefined]);
  });
});
