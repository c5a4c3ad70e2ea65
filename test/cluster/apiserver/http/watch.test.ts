import type { ClientHttp2Stream } from 'node:http2';
import type { KubeObject } from '../../../../src/api/meta';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

const configMaps = core('configmaps');
const path = '/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=';
const filling = 'x'.repeat(512 * 1024);

let server: TestServer;
beforeAll(async () => void (server = await startServer()), 30_000);
afterAll(() => server.close());

const create = async (name: string, data = filling) => {
  const object: KubeObject & { data: object } = { metadata: { name, namespace: 'default' }, data: { data } };
  return (await server.client.create(configMaps, object)).metadata.resourceVersion!;
};

interface Event { type: string; object: { metadata: { name: string; resourceVersion: string } } }

/** Reads lines from a stream that may be paused; big objects are dropped once their name is known. */
function reader(stream: ClientHttp2Stream) {
  const names: string[] = [];
  let rest: Buffer[] = [];
  let hasEnded = false;
  let last = '';
  stream.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10)) {
      const { type, object } = JSON.parse(Buffer.concat([...rest, chunk.subarray(0, at)]).toString()) as Event;
      names.push(`${type} ${object.metadata.name}`);
      last = object.metadata.resourceVersion;
      rest = [];
      chunk = chunk.subarray(at + 1);
    }
    if (chunk.length) rest.push(chunk);
  });
  stream.on('error', () => undefined).on('close', () => (hasEnded = true));
  return { names, hasEnded: () => hasEnded, last: () => last };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries === 2000) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('a watch begins with as much as there is', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `first-${String(index).padStart(2, '0')}`);
  for (const name of names) await create(name);
  const stream = server.session().request({ ':path': `${path}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true` });
  const seen = reader(stream);
  await until(() => seen.names.length === 41);
  await create('afterwards', '');
  await until(() => seen.names.length === 42);
  expect(seen.names).toEqual([...names.map((name) => `ADDED ${name}`), 'BOOKMARK undefined', 'ADDED afterwards']);
  stream.close();
}, 30_000);

test('who does not read for a while misses nothing, nor does anybody wait for them', async () => {
  const from = await create('before', '');
  const slow = server.session().request({ ':path': `${path}${from}` });
  const quick = server.session().request({ ':path': `${path}${from}` });
  const [slowly, quickly] = [reader(slow), reader(quick)];
  await Promise.all([slow, quick].map((stream) => new Promise((resolve) => stream.once('response', resolve))));
  slow.pause();
  const names = Array.from({ length: 12 }, (_, index) => `slow-${index}`);
  for (const name of names) await create(name);
  await until(() => quickly.names.length === names.length);
  expect(slowly.names.length).toBeLessThan(names.length);
  slow.resume();
  await until(() => slowly.names.length === names.length);
  expect(slowly.names).toEqual(names.map((name) => `ADDED ${name}`));
  for (const stream of [slow, quick]) stream.close();
}, 30_000);

test('who falls too far behind is cut off and goes on from where they were', async () => {
  const from = await create('lost', '');
  const session = server.session();
  const slow = session.request({ ':path': `${path}${from}` });
  const seen = reader(slow);
  await new Promise((resolve) => slow.once('response', resolve));
  slow.pause();
  const names = Array.from({ length: 28 }, (_, index) => `far-${index}`);
  for (const name of names) await create(name);
  await until(() => !server.metrics().includes('apiserver_longrunning_requests{verb="WATCH",group="",version="v1",resource="configmaps",subresource="",scope="namespace",component="apiserver"} 1'));
  slow.resume();
  await until(seen.hasEnded);
  expect(seen.names.length).toBeLessThan(names.length);
  const again = session.request({ ':path': `${path}${seen.last() || from}` });
  const more = reader(again);
  await until(() => seen.names.length + more.names.length === names.length);
  expect([...seen.names, ...more.names]).toEqual(names.map((name) => `ADDED ${name}`));
  again.close();
}, 30_000);
