import type { ConfigMap } from '../../../src/api/generated/core.v1';
import { FakeClient, type FakeRequest } from '../../../src/client/fake';
import { createInformer, createInformerSet, type Informer } from '../../../src/client/informer';
import { configMaps } from '../../../src/kinds/resources';
import { seededRandom } from '../../simulation/random';
import { settle, VirtualClock } from '../../simulation/virtual-clock';

const configMap = (name: string, value = '', labels: Record<string, string> = {}, namespace = 'default'): ConfigMap =>
  ({ metadata: { name, namespace, labels }, data: { value } });

describe('an informer', () => {
  let clock: VirtualClock;
  let client: FakeClient;
  let requests: string[];
  let failing: (request: FakeRequest) => void;
  let abort: AbortController;
  let told: string[];
  let informer: Informer<ConfigMap>;

  const start = () => {
    informer = createInformer<ConfigMap>({ client, resource: configMaps, clock, random: () => 0, log: () => undefined }, abort.signal);
    informer.subscribe({
      added: ({ metadata }) => told.push(`+${metadata.name}`),
      updated: ({ metadata, data }, old) => told.push(`~${metadata.name} ${old.data!.value}>${data!.value}`),
      deleted: ({ metadata }) => told.push(`-${metadata.name}`),
    });
  };

  beforeEach(() => {
    clock = new VirtualClock();
    requests = [];
    failing = () => undefined;
    told = [];
    abort = new AbortController();
    client = new FakeClient({ clock, random: seededRandom(1), before: (request) => {
      requests.push(request.verb);
      failing(request);
    } });
  });

  afterEach(async () => {
    abort.abort(new Error('done'));
    await settle();
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells what is there, then every change in order', async () => {
    await client.create(configMaps, configMap('a', '1'));
    start();
    await informer.synced;
    expect(told).toEqual(['+a']);
    await client.create(configMaps, configMap('b', '1'));
    await client.update(configMaps, configMap('a', '2'));
    await client.delete(configMaps, 'b', 'default');
    await settle();
    expect(told).toEqual(['+a', '+b', '~a 1>2', '-b']);
    expect(informer.list().map(({ data }) => data!.value)).toEqual(['2']);
    expect(informer.resourceVersion).toBe(4);
  });

  it('tells a late subscriber what is there', async () => {
    start();
    await client.create(configMaps, configMap('a'));
    await settle();
    const late: string[] = [];
    informer.subscribe({ added: ({ metadata }) => late.push(metadata.name) });
    expect(late).toEqual(['a']);
  });

  it('watches on from where the stream broke, without a new list', async () => {
    start();
    await settle();
    client.storage.dropWatches(new Error('connection reset'));
    await client.create(configMaps, configMap('a'));
    await clock.advance(1000);
    expect(told).toEqual(['+a']);
    expect(requests.filter((verb) => verb === 'list' || verb === 'watch')).toEqual(['list', 'watch', 'watch']);
  });

  it('lists again when its revision has expired, and tells the difference', async () => {
    await client.create(configMaps, configMap('kept', '1'));
    await client.create(configMaps, configMap('gone'));
    await client.create(configMaps, configMap('remade'));
    start();
    await settle();
    failing = ({ verb }) => {
      if (verb === 'watch') throw new Error('down');
    };
    client.storage.dropWatches();
    await settle();
    await client.update(configMaps, configMap('kept', '2'));
    await client.delete(configMaps, 'gone', 'default');
    await client.delete(configMaps, 'remade', 'default');
    await client.create(configMaps, configMap('remade'));
    client.storage.compacted = client.storage.revision;
    failing = () => undefined;
    told = [];
    await clock.advance(60_000);
    expect(told).toEqual(['-gone', '~kept 1>2', '-remade', '+remade']);
  });

  it('waits longer after each failure', async () => {
    const at: number[] = [];
    failing = ({ verb }) => {
      if (verb !== 'list') return;
      at.push(clock.now());
      throw new Error('down');
    };
    start();
    const begin = clock.now();
    await clock.advance(10_000);
    expect(at.map((time) => time - begin)).toEqual([0, 800, 2400, 5600]);
  });

  it('is not asked in a tight loop by a server that ends every stream at once', async () => {
    start();
    await settle();
    for (let round = 0; round < 5; round++) {
      client.storage.dropWatches();
      await settle();
    }
    expect(requests.filter((verb) => verb === 'watch')).toHaveLength(1);
  });

  it('answers by namespace and by index, current at every change', async () => {
    const byTier = { name: 'tier', values: ({ metadata }: ConfigMap) => (metadata.labels?.tier ? [metadata.labels.tier] : []) };
    const names = (objects: readonly ConfigMap[]) => objects.map(({ metadata }) => metadata.name);
    await client.create(configMaps, configMap('a', '', { tier: 'front' }));
    await client.create(configMaps, configMap('b', '', { tier: 'back' }, 'other'));
    start();
    await settle();
    expect(names(informer.find(byTier, 'front'))).toEqual(['a']);
    expect(names(informer.list('other'))).toEqual(['b']);
    await client.update(configMaps, configMap('a', '', { tier: 'back' }));
    await client.delete(configMaps, 'b', 'other');
    await settle();
    expect(names(informer.find(byTier, 'front'))).toEqual([]);
    expect(names(informer.find(byTier, 'back'))).toEqual(['a']);
    expect(names(informer.list('other'))).toEqual([]);
  });

  it('lets wait for a revision, and lets go when stopped', async () => {
    start();
    await settle();
    const seen: string[] = [];
    void informer.until(() => informer.resourceVersion >= 1).then(() => seen.push('reached'));
    void informer.until(() => false).then(() => seen.push('stopped'));
    await client.create(configMaps, configMap('a'));
    await settle();
    expect(seen).toEqual(['reached']);
    abort.abort(new Error('done'));
    await settle();
    expect(seen).toEqual(['reached', 'stopped']);
  });

  it('tells a subscriber to a value what has it, enters it and leaves it', async () => {
    start();
    const heard: string[] = [];
    const byValue = { name: 'value', values: ({ data }: ConfigMap) => [data!.value!] };
    await client.create(configMaps, configMap('early', 'red'));
    await settle();
    const end = informer.subscribeTo(byValue, 'red', {
      added: ({ metadata }) => heard.push(`+${metadata.name}`),
      updated: ({ metadata }) => heard.push(`~${metadata.name}`),
      deleted: ({ metadata }) => heard.push(`-${metadata.name}`),
    });
    await client.create(configMaps, configMap('other', 'blue'));
    const change = async (name: string, value: string, labels = {}) =>
      client.update(configMaps, { ...configMap(name, value, labels), metadata: { ...(await client.get(configMaps, name, 'default')).metadata, labels } });
    await change('other', 'red');
    await change('other', 'red', { a: 'b' });
    await change('early', 'blue');
    await client.delete(configMaps, 'other', 'default');
    await settle();
    expect(heard).toEqual(['+early', '+other', '~other', '-early', '-other']);
    end();
    await client.create(configMaps, configMap('late', 'red'));
    await settle();
    expect(heard).toHaveLength(5);
  });

  it('goes on when a handler throws', async () => {
    start();
    informer.subscribe({ added: () => { throw new Error('bad handler'); } });
    await client.create(configMaps, configMap('a'));
    await client.create(configMaps, configMap('b'));
    await settle();
    expect(told).toEqual(['+a', '+b']);
  });
});

it('a set lists each resource once', async () => {
  const clock = new VirtualClock();
  const requests: string[] = [];
  const client = new FakeClient({ clock, random: seededRandom(1), before: ({ verb }) => requests.push(verb) });
  const set = createInformerSet({ client, clock, random: seededRandom(1), log: () => undefined });
  expect(set.started(configMaps)).toBeUndefined();
  expect(set.for(configMaps)).toBe(set.for({ ...configMaps }));
  await set.synced();
  await settle();
  expect(requests).toEqual(['list', 'watch']);
  set.stop();
  await settle();
  expect(clock.pendingTimers).toBe(0);
});
