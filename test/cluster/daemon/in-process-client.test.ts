import type { KubeObject } from '../../../src/api/meta';
import type { WatchEvent } from '../../../src/client/client';
import { core, failure, testRegistry } from '../apiserver/support/registry';

const configMaps = core('configmaps');
const configMap = (name: string, data: object = {}) => ({ metadata: { name, namespace: 'default' }, data });

test('reads share one object; what was handed in is copied', async () => {
  const { client } = await testRegistry();
  const given = configMap('a', { x: '1' });
  const created = await client.create(configMaps, given);
  given.data = { x: '2' };
  const [one, two] = [await client.get(configMaps, 'a', 'default'), (await client.list(configMaps, { namespace: 'default' })).items[0]];
  expect(one).toBe(created);
  expect(two).toBe(created);
  expect(created).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { x: '1' } });
});

test('a watch iterates, ends with its signal, and sends bookmarks by the clock', async () => {
  const { client, clock, store } = await testRegistry();
  const abort = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const { type, object } of client.watch(configMaps, { resourceVersion: String(store.revision), allowWatchBookmarks: true, signal: abort.signal }) as AsyncIterable<WatchEvent<KubeObject>>) {
      seen.push(`${type} ${object.metadata.name || object.metadata.resourceVersion}`);
    }
  })();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  const made = await client.create(configMaps, configMap('a'));
  await client.update(configMaps, { ...made, data: { b: 'c' } });
  await client.delete(configMaps, 'a', 'default');
  clock.advance(60_000);
  await settle();
  abort.abort();
  await watching;
  expect(seen).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a', `BOOKMARK ${store.revision}`]);
});

test('an expired watch throws, a timeout ends it', async () => {
  const { client, clock, store } = await testRegistry();
  await client.create(configMaps, configMap('a'));
  store.compact(store.revision);
  const drain = async (options: object) => {
    for await (const _event of client.watch(configMaps, options)) void _event;
  };
  expect(await failure(() => drain({ resourceVersion: '1' }))).toMatch(/^410 Expired/);
  const timed = drain({ resourceVersion: String(store.revision), timeoutSeconds: 5 });
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(5000);
  await timed;
});

test('what is not served is refused', async () => {
  const { client } = await testRegistry();
  expect(await failure(() => client.get(core('things'), 'a', 'default'))).toBe('404 NotFound: the server could not find the requested resource');
  expect(await failure(() => client.update(configMaps, configMap('a'), { subresource: 'status' }))).toMatch(/^404 NotFound/);
});
