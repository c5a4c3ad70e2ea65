import type { ConfigMap } from '../../../src/api/generated/core.v1';
import type { Api } from '../support/api';
import { configMaps } from '../support/resources';
import { row, type RowContext } from '../support/row';
import type { Watching } from '../support/watching';

const label = 'watched-as';
const selector = (...values: string[]) => ({ labelSelector: `${label} in (${values.join(',')})` });
const labelled = (name: string, value: string) => ({ metadata: { name, labels: { [label]: value } } });
const mutate = (maps: Api<ConfigMap>, name: string, value: string) => maps.change(name, (map) => { map.data = { ...map.data, mutation: value }; });

/** The next event is this one and shows this object as it was answered to the writer. */
async function sees(watch: Watching<ConfigMap>, type: string, object?: ConfigMap): Promise<ConfigMap> {
  const event = await watch.next();
  expect(event.type).toBe(type);
  if (object) expect(event.object).toEqual(object);
  return event.object as ConfigMap;
}

row('[sig-api-machinery] Watchers should observe add, update, and delete watch notifications on configmaps', async (t) => {
  const maps = t.api(configMaps);
  const [a, b, both] = await Promise.all([maps.watch(selector('a')), maps.watch(selector('b')), maps.watch(selector('a', 'b'))]);
  const created = await maps.create(labelled('map-a', 'a'));
  await sees(a, 'ADDED', created);
  await sees(both, 'ADDED', created);
  for (const value of ['1', '2']) {
    const mutated = await mutate(maps, 'map-a', value);
    await sees(a, 'MODIFIED', mutated);
    await sees(both, 'MODIFIED', mutated);
  }
  await maps.delete('map-a');
  await sees(a, 'DELETED');
  await sees(both, 'DELETED');
  const other = await maps.create(labelled('map-b', 'b'));
  await sees(b, 'ADDED', other);
  await sees(both, 'ADDED', other);
  await maps.delete('map-b');
  await sees(b, 'DELETED');
  await sees(both, 'DELETED');
  // Nothing of the other one came to `a` before what was written last.
  await maps.create(labelled('last-a', 'a'));
  await sees(a, 'ADDED');
  expect(a.told()).toEqual(['ADDED map-a', 'MODIFIED map-a', 'MODIFIED map-a', 'DELETED map-a', 'ADDED last-a']);
  expect(b.told()).toEqual(['ADDED map-b', 'DELETED map-b']);
});

row('[sig-api-machinery] Watchers should be able to start watching from a specific resource version', async (t) => {
  const maps = t.api(configMaps);
  await maps.create(labelled('map', 'a'));
  const first = await mutate(maps, 'map', '1');
  const second = await mutate(maps, 'map', '2');
  await maps.delete('map');
  const watch = await maps.watch({ ...selector('a'), resourceVersion: first.metadata.resourceVersion! });
  await sees(watch, 'MODIFIED', second);
  await sees(watch, 'DELETED');
});

row('[sig-api-machinery] Watchers should be able to restart watching from the last resource version observed by the previous watch', async (t) => {
  const maps = t.api(configMaps);
  const before = await maps.watch(selector('a'));
  const created = await maps.create(labelled('map', 'a'));
  await mutate(maps, 'map', '1');
  await sees(before, 'ADDED', created);
  const last = await sees(before, 'MODIFIED');
  before.close();
  const missed = await mutate(maps, 'map', '2');
  const after = await maps.watch({ ...selector('a'), resourceVersion: last.metadata.resourceVersion! });
  await maps.delete('map');
  await sees(after, 'MODIFIED', missed);
  await sees(after, 'DELETED');
});

row('[sig-api-machinery] Watchers should observe an object deletion if it stops meeting the requirements of the selector', async (t) => {
  const maps = t.api(configMaps);
  const relabel = (value: string) => maps.change('map', (map) => { map.metadata.labels = { [label]: value }; });
  const watch = await maps.watch(selector('a'));
  const created = await maps.create(labelled('map', 'a'));
  const mutated = await mutate(maps, 'map', '1');
  await relabel('other');
  await sees(watch, 'ADDED', created);
  await sees(watch, 'MODIFIED', mutated);
  await sees(watch, 'DELETED');
  await mutate(maps, 'map', '2');
  // Were the mutation seen, it would stand before the return.
  const restored = await relabel('a');
  const again = await mutate(maps, 'map', '3');
  await maps.delete('map');
  await sees(watch, 'ADDED', restored);
  await sees(watch, 'MODIFIED', again);
  await sees(watch, 'DELETED');
});

row('[sig-api-machinery] Watchers should receive events on concurrent watches in same order', async (t) => {
  const maps = t.api(configMaps);
  const iterations = 100;
  let revision = (await maps.list()).metadata.resourceVersion!;
  const stop = new AbortController();
  const writing = write(t, maps, stop.signal);
  const watches: Watching<ConfigMap>[] = [];
  try {
    for (let iteration = 0; iteration < iterations; iteration++) {
      watches.push(await maps.watch({ resourceVersion: revision }));
      const [first, ...others] = await Promise.all(watches.map((watch) => watch.next()));
      revision = first!.object.metadata.resourceVersion!;
      expect(others.map(({ object }) => object.metadata.resourceVersion)).toEqual(others.map(() => revision));
    }
  } finally {
    stop.abort();
    for (const watch of watches) watch.close();
    await writing;
  }
});

/** Creates, updates and deletes at random until it is told to stop. */
async function write({ signal: rowSignal }: RowContext, maps: Api<ConfigMap>, stop: AbortSignal): Promise<void> {
  const existing: string[] = [];
  const pick = () => Math.floor(Math.random() * existing.length);
  const operations = [
    async (index: number) => void existing.push((await maps.create({ metadata: { name: `map-${index}` } })).metadata.name!),
    async (index: number) => void await maps.update({ metadata: { name: existing[pick()]!, namespace: maps.namespace!, labels: { mutated: String(index) } } }),
    async () => void await maps.delete(existing.splice(pick(), 1)[0]!),
  ];
  for (let index = 0; !stop.aborted && !rowSignal.aborted; index++) {
    await operations[existing.length ? Math.floor(Math.random() * 3) : 0]!(index);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
