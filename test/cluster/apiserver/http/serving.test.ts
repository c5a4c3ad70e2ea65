import { connect as connectTls, type TLSSocket } from 'node:tls';
import { systemClock } from '../../../../src/api/clock';
import { Serving } from '../../../../src/cluster/apiserver/http/serving';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

const configMaps = '/api/v1/namespaces/default/configmaps';
const json = { 'content-type': 'application/json' };

async function socketTo({ port, pki }: TestServer): Promise<{ socket: TLSSocket; text: () => string; closed: Promise<void> }> {
  const socket = connectTls({ host: '127.0.0.1', port, ca: pki.ca.cert, cert: pki.admin.cert, key: pki.admin.key, servername: 'localhost' });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('secureConnect', resolve));
  return { socket, text: () => text, closed };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries === 2000) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a server that serves', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer()), 30_000);
  afterAll(() => server.close());

  test('gives up on a body that does not come, and on the connection with it', async () => {
    const { socket, text, closed } = await socketTo(server);
    socket.write(`POST ${configMaps}?timeout=200ms HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`);
    await closed;
    expect(text()).toMatch(/^HTTP\/1.1 504 Gateway Timeout\r\n/);
    expect(text()).toContain('"message":"Timeout: request did not complete within the allotted timeout","reason":"Timeout","details":{},"code":504}');
  });

  test('refuses a timeout that is none, and does not count 0 as one', async () => {
    const wrong = await server.ask(`${configMaps}?timeout=soon`);
    expect([wrong.code, wrong.json.message]).toEqual([400, 'invalid timeout specified in the request URL - time: invalid duration "soon"']);
    expect((await server.ask(`${configMaps}?timeout=0s`)).code).toBe(200);
    expect((await server.ask(`${configMaps}?timeout=5m`)).code).toBe(200);
  });

  test('refuses a body over 3 MiB with the limit, over both protocols and to kubectl', async () => {
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'big' }, data: { a: 'x'.repeat(3 * 2 ** 20) } });
    const answer = await server.ask(configMaps, { method: 'POST', headers: json, body });
    expect([answer.code, answer.json]).toEqual([413, {
      kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Request entity too large: limit is 3145728', reason: 'RequestEntityTooLarge', details: {}, code: 413,
    }]);
    const stream = server.session().request({ ':method': 'POST', ':path': configMaps, 'content-type': 'application/json' });
    const code = new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])));
    stream.on('error', () => undefined);
    stream.end(body);
    expect(await code).toBe(413);
    stream.close();
    const { stderr } = await server.kubectl(['create', '-f', '-'], body);
    expect(stderr).toBe('Error from server (RequestEntityTooLarge): error when creating "STDIN": Request entity too large: limit is 3145728\n');
  }, 30_000);

  test('cuts who goes on sending after the answer', async () => {
    const { socket, text, closed } = await socketTo(server);
    socket.write(`POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const sending = setInterval(() => socket.write(chunk.repeat(20)), 5);
    await closed;
    clearInterval(sending);
    expect(text()).toMatch(/^HTTP\/1.1 413 /);
  }, 30_000);

  test('tells its health by check', async () => {
    const texts = async (path: string) => (await server.ask(path)).text;
    expect(await texts('/readyz?verbose')).toBe('[+]ping ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]shutdown ok\nreadyz check passed\n');
    expect(await texts('/livez?verbose&exclude=etcd&exclude=nothing'))
      .toBe('[+]ping ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be excluded: no matches for "nothing"\nlivez check passed\n');
    expect(await texts('/readyz/etcd')).toBe('ok');
    expect((await server.ask('/readyz/nothing')).code).toBe(404);
    expect((await server.ask('/livez/shutdown')).code).toBe(404);
    expect(await texts('/healthz')).toBe('ok');
  });

  test('lists its paths', async () => {
    const { paths } = (await server.ask('/')).json as { paths: string[] };
    expect(paths).toEqual(expect.arrayContaining(['/api', '/api/v1', '/apis', '/apis/apps', '/apis/apps/v1', '/healthz', '/livez/ping', '/metrics', '/openapi/v3', '/readyz/etcd', '/version']));
    expect(paths).toEqual([...paths].sort());
    for (const path of ['/debug/pprof', '/logs', '/nothing']) expect((await server.ask(path)).code).toBe(404);
  });

  test('measures what it does, and nothing that it does not know', async () => {
    await server.ask(configMaps, { method: 'POST', headers: json, body: JSON.stringify({ metadata: { name: 'measured' } }) });
    await server.ask(`${configMaps}/measured`);
    await server.ask('/api/v1/namespaces/default/nonsense/a');
    await server.ask('/nonsense');
    const { text, headers } = await server.ask('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = text.split('\n');
    const labels = 'dry_run="",group="",version="v1",resource="configmaps",subresource="",scope="resource",component="apiserver"';
    expect(lines).toEqual(expect.arrayContaining([
      '# TYPE apiserver_request_total counter',
      `apiserver_request_total{verb="POST",${labels},code="201"} 1`,
      `apiserver_request_total{verb="GET",${labels},code="200"} 1`,
      'apiserver_storage_objects{resource="configmaps"} 1',
      'apiserver_current_inflight_requests{request_kind="readOnly"} 0',
    ]));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^apiserver_request_duration_seconds_count{verb="GET",${labels}} 1$`)));
    expect(text).not.toContain('nonsense');
    expect((await server.ask('/metrics/slis')).text).toContain('kubernetes_healthcheck{name="etcd",type="readyz"} 1\n');
    expect((await server.ask('/metrics', { anonymous: true })).code).toBe(403);
  });

  test('lets a rule name the object of a list by its field selector', async () => {
    const role = { metadata: { name: 'one' }, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'], resourceNames: ['measured'] }] };
    await server.ask('/apis/rbac.authorization.k8s.io/v1/clusterroles', { method: 'POST', headers: json, body: JSON.stringify(role) });
    const binding = { metadata: { name: 'one' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'one' }, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }] };
    await server.ask('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { method: 'POST', headers: json, body: JSON.stringify(binding) });
    const asJane = async (query: string) => (await server.ask(`${configMaps}${query}`, { headers: { 'impersonate-user': 'jane' } })).code;
    expect([await asJane(''), await asJane('?fieldSelector=metadata.name%3Dmeasured'), await asJane('?fieldSelector=metadata.name%3Dother')]).toEqual([403, 200, 403]);
  });
});

describe('a server with few places', () => {
  test('answers 429 to those beyond them, never to administrators and probes', async () => {
    const server = await startServer([], undefined, { flowLimits: { readOnlyMax: 400, mutatingMax: 1, waitingOfOneMax: 0, waitingMax: 0 } });
    const account = await server.token('robot');
    const { socket, text } = await socketTo(server);
    const head = (path: string) => `POST ${path} HTTP/1.1\r\nhost: x\r\nimpersonate-user: jane\r\nimpersonate-group: writers\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n`;
    await server.grant('Group', 'writers', { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] });
    socket.write(head(configMaps));
    await until(() => server.metrics().includes('apiserver_current_inflight_requests{request_kind="mutating"} 1'));
    const refused = await server.ask(configMaps, { method: 'POST', headers: { ...json, authorization: `Bearer ${account}` }, anonymous: true, body: '{}' });
    expect([refused.code, refused.text, refused.headers['retry-after']]).toEqual([429, 'Too many requests, please try again later.\n', '1']);
    expect((await server.ask(configMaps, { method: 'POST', headers: json, body: JSON.stringify({ metadata: { name: 'a' } }) })).code).toBe(201);
    expect((await server.ask('/readyz', { anonymous: true })).code).toBe(200);
    socket.write('{"a":12345}');
    await until(() => text() !== '');
    const code = async () => (await server.ask(configMaps, { method: 'POST', headers: { ...json, authorization: `Bearer ${account}` }, anonymous: true, body: '{}' })).code;
    expect(await code()).toBe(403);
    socket.destroy();
    await server.close();
  }, 30_000);
});

describe('a server that closes', () => {
  test('ends watches in good order, finishes what is under way and takes nothing new', async () => {
    const server = await startServer();
    await server.client.create(core('configmaps'), { metadata: { name: 'first', namespace: 'default' } });
    const session = server.session();
    const watch = session.request({ ':path': `${configMaps}?watch=true&allowWatchBookmarks=true` });
    const oldWatch = server.ask(`${configMaps}?watch=true&allowWatchBookmarks=true`);
    let watched = '';
    watch.on('data', (chunk: Buffer) => (watched += chunk.toString()));
    const ended = new Promise<string>((resolve) => watch.once('end', () => resolve('end')));
    watch.once('error', () => undefined);
    const { socket, text } = await socketTo(server);
    const body = JSON.stringify({ metadata: { name: 'late' } });
    socket.write(`POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`);
    await until(() => watched !== '' && /longrunning_requests.* 2/.test(server.metrics()));
    const closing = server.api.close();
    expect(await ended).toBe('end');
    expect(JSON.parse(watched.trim().split('\n').at(-1)!)).toMatchObject({ type: 'BOOKMARK' });
    expect((await oldWatch).text).toContain('"type":"BOOKMARK"');
    await expect(server.ask('/livez')).rejects.toThrow(/ECONNREFUSED|socket/);
    socket.write(body);
    await until(() => text() !== '');
    expect(text()).toMatch(/^HTTP\/1.1 201 Created/);
    await closing;
    await server.close();
  }, 30_000);

  test('does not wait for ever', async () => {
    const serving = new Serving();
    serving.begin();
    await serving.close(systemClock, 10);
    const ended: string[] = [];
    serving.stream(() => ended.push('at once'));
    expect([serving.isClosing, ended]).toEqual([true, ['at once']]);
  });
});
