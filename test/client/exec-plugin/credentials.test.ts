import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../../src/client/connection';
import { fixedCredentials, needsPlugin } from '../../../src/client/credentials';
import { pluginCredentials } from '../../../src/client/exec-plugin/credentials';
import { httpClient } from '../../../src/client/http';

const apiVersion = 'client.authentication.k8s.io/v1';
const expiry = '2026-01-01T00:00:00Z';
const clock = { time: 0, now: () => clock.time };
let home: string;
let server: Server;
let accepted: string;

/** A plugin whose tokens are numbered: `t1`, `t2`, … */
const counting = (status = '') => ({
  apiVersion, command: 'sh', interactiveMode: 'Never',
  args: ['-c', `n=$(($(cat ${home}/count) + 1)); echo $n > ${home}/count; echo '{"apiVersion":"${apiVersion}","status":{"token":"t'$n'"${status}}}'`],
});
const connectionOf = (exec: Connection['auth']['exec']): Connection =>
  ({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, namespace: 'default', tls: {}, auth: { exec: exec! } });
const credentials = (exec: Connection['auth']['exec']) => pluginCredentials(connectionOf(exec), { env: { PATH: process.env['PATH'] }, isTerminal: false }, clock);
const runs = () => Number(readFileSync(join(home, 'count'), 'utf8'));

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'knarr-plugin-'));
  writeFileSync(join(home, 'count'), '0\n');
  clock.time = Date.parse(expiry) - 1000;
  server = createServer((request, response) => {
    response.writeHead(request.headers.authorization === `Bearer ${accepted}` ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  rmSync(home, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

test('one run serves every request', async () => {
  accepted = 't1';
  const client = httpClient(credentials(counting()));
  await client.request({ path: '/a' });
  await Promise.all([client.request({ path: '/b' }), client.request({ path: '/c' })]);
  await client.close();
  expect(runs()).toBe(1);
});

test('what has expired is asked for anew', async () => {
  const source = credentials(counting(`,"expirationTimestamp":"${expiry}"`));
  const first = await source.connection();
  expect(await source.connection()).toBe(first);
  clock.time += 2000;
  expect((await source.connection()).auth.token).toBe('t2');
});

test('a request that is refused fails, and the next one has new credentials', async () => {
  accepted = 't2';
  const client = httpClient(credentials(counting()));
  await expect(client.request({ path: '/a' })).rejects.toThrow('provide credentials');
  expect(runs()).toBe(2);
  await client.request({ path: '/b' });
  await client.close();
  expect(runs()).toBe(2);
});

test('of several that are refused at once one asks anew', async () => {
  const source = credentials(counting());
  const connection = await source.connection();
  await source.refused(connection);
  await source.refused(connection);
  expect(runs()).toBe(2);
});

test('a plugin that is missing tells once how to get it, and is asked for again', async () => {
  const source = credentials({ apiVersion, command: 'knarr-nosuch-plugin', interactiveMode: 'Never', installHint: 'Get it there.' });
  await expect(source.connection()).rejects.toThrow(/not found[^]*Get it there\.$/);
  await expect(source.connection()).rejects.toThrow(/getting credentials: exec: executable knarr-nosuch-plugin not found$/);
});

test.each<[string, Partial<Connection['auth']>, Connection['tls'], boolean]>([
  ['nothing', {}, {}, true],
  ['a token', { token: 't' }, {}, false],
  ['a file with a token', { tokenFile: '/t' }, {}, false],
  ['a name', { username: 'u', password: 'p' }, {}, false],
  ['a certificate', {}, { cert: { file: '/c' }, key: { file: '/k' } }, false],
])('a plugin beside %s', (_what, auth, tls, expected) => {
  const connection = { ...connectionOf(counting()), tls };
  expect(needsPlugin({ ...connection, auth: { ...connection.auth, ...auth } })).toBe(expected);
});

test('a connection without a plugin is as it is', async () => {
  const connection = connectionOf(undefined);
  expect(needsPlugin(connection)).toBe(false);
  expect(await fixedCredentials(connection).connection()).toBe(connection);
});
