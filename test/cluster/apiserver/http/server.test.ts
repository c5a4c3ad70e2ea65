import { gunzipSync } from 'node:zlib';
import { decodeProtobuf, decodeWatchEvents, encodeProtobuf } from '../../../../src/api/protobuf';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';
import { widgetKind } from '../support/widget';

let server: TestServer;
beforeAll(async () => void (server = await startServer([widgetKind()])));
afterAll(() => server.close());
afterEach(() => expect(server.log).toEqual([]));

const widgets = '/apis/test.example/v1/namespaces/default/widgets';
const configMaps = '/api/v1/namespaces/default/configmaps';
const json = { 'content-type': 'application/json' };
const post = (path: string, object: object, headers: Record<string, string> = {}) =>
  server.ask(path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(object) });
const status = ({ code, json: { kind, status: outcome, reason, message } }: { code: number; json: Record<string, unknown> }) => [code, kind, outcome, reason, message];

test('create, get, list, put, patch and delete over HTTP', async () => {
  const created = await post(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
  expect([created.code, created.json.metadata.generation]).toEqual([201, 1]);
  expect(created.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  expect(created.headers['audit-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect((await server.ask(`${widgets}/a`)).text).toBe(`${JSON.stringify(created.json)}\n`);
  const list = await server.ask(widgets);
  const item = { ...created.json, kind: undefined, apiVersion: undefined };
  expect(list.json).toEqual({ kind: 'WidgetList', apiVersion: 'test.example/v1', metadata: { resourceVersion: created.json.metadata.resourceVersion }, items: [item] });
  const put = await server.ask(`${widgets}/a`, { method: 'PUT', headers: json, body: JSON.stringify({ ...created.json, spec: { size: 2 } }) });
  expect([put.code, put.json.spec, put.json.metadata.generation]).toEqual([200, { size: 2, color: 'red' }, 2]);
  const patched = await server.ask(`${widgets}/a`, { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' }, body: '{"spec":{"size":3}}' });
  expect(patched.json.spec.size).toBe(3);
  const deleted = await server.ask(`${widgets}/a`, { method: 'DELETE' });
  expect(deleted.json).toEqual({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name: 'a', group: 'test.example', kind: 'widgets', uid: created.json.metadata.uid } });
  expect(status(await server.ask(`${widgets}/a`))).toEqual([404, 'Status', 'Failure', 'NotFound', 'widgets.test.example "a" not found']);
});

test('the same over HTTP/2, and YAML both ways', async () => {
  const session = server.session();
  const stream = session.request({ ':method': 'POST', ':path': widgets, 'content-type': 'application/yaml', accept: 'application/yaml' });
  stream.end('metadata:\n  name: yaml\nspec:\n  size: 7\n');
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text).toMatch(/^apiVersion: test.example\/v1\nkind: Widget\nmetadata:\n {2}creationTimestamp: .*\n {2}generation: 1\n {2}managedFields:\n[^]* {2}name: yaml\n/);
});

test('protobuf in and out', async () => {
  const key = 'io.k8s.api.core.v1.ConfigMap';
  const body = encodeProtobuf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'pb' }, data: { a: 'b' } }, key);
  const type = 'application/vnd.kubernetes.protobuf';
  const created = await server.ask(configMaps, { method: 'POST', headers: { 'content-type': type, accept: type }, body });
  expect([created.code, created.headers['content-type']]).toEqual([201, type]);
  expect(decodeProtobuf(created.body).object).toMatchObject({ metadata: { name: 'pb', namespace: 'default' }, data: { a: 'b' } });
  const list = decodeProtobuf((await server.ask(configMaps, { headers: { accept: type } })).body);
  expect([list.kind, (list.object as unknown as { items: unknown[] }).items]).toMatchObject(['ConfigMapList', [{ metadata: { name: 'pb' } }]]);
  const watch = await server.ask(`${configMaps}?watch=1&timeoutSeconds=1`, { headers: { accept: `${type};type=watch` } });
  expect(watch.headers['content-type']).toBe(`${type};stream=watch`);
  expect(decodeWatchEvents(watch.body).events).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'pb' } } }]);
});

test('nothing is written that cannot be answered', async () => {
  const refused = await post(configMaps, { metadata: { name: 'unanswerable' } }, { accept: 'text/html' });
  expect([refused.code, refused.json.reason]).toEqual([406, 'NotAcceptable']);
  expect((await server.ask(`${configMaps}/unanswerable`)).code).toBe(404);
});

test('tables', async () => {
  await post(widgets, { metadata: { name: 'table' }, spec: { size: 5 } });
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
  const { json: table } = await server.ask(`${widgets}/table`, { headers: { accept } });
  expect(table).toMatchObject({
    kind: 'Table', apiVersion: 'meta.k8s.io/v1',
    columnDefinitions: [{ name: 'Name', type: 'string', format: 'name', priority: 0 }, { name: 'Color', type: 'string', format: '', priority: 0 }, { name: 'Size', type: 'integer', priority: 1 }],
    rows: [{ cells: ['table', 'red', 5], object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'table' } } }],
  });
  const none = await server.ask(`${widgets}?includeObject=None&fieldSelector=metadata.name=table`, { headers: { accept } });
  expect(none.json.rows).toEqual([{ cells: ['table', 'red', 5] }]);
  const whole = await server.ask(`${widgets}/table?includeObject=Object`, { headers: { accept } });
  expect(whole.json.rows[0].object.spec.size).toBe(5);
  const watch = await server.ask(`${widgets}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true`, { headers: { accept } });
  const events = watch.text.trim().split('\n').map((line) => JSON.parse(line) as { type: string; object: { columnDefinitions?: unknown[] | null } });
  expect(events.map(({ type, object }) => [type, object.columnDefinitions?.length ?? null])).toEqual([['ADDED', 3], ...events.slice(1, -1).map(() => ['ADDED', null]), ['BOOKMARK', null]]);
  const partial = await server.ask(`${widgets}/table`, { headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' } });
  expect(Object.keys(partial.json)).toEqual(['kind', 'apiVersion', 'metadata']);
});

test('watches see writes as lines, and an expired version as the last of them', async () => {
  const session = server.session();
  const stream = session.request({ ':path': `${widgets}?watch=true&fieldSelector=metadata.name=live` });
  const lines: { type: string; object: { metadata: { name: string } } }[] = [];
  const received = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line) as (typeof lines)[number]);
      if (lines.length === 2) resolve();
    });
  });
  await new Promise((resolve) => stream.once('response', resolve));
  await post(widgets, { metadata: { name: 'live' } });
  await server.ask(`${widgets}/live`, { method: 'DELETE' });
  await received;
  stream.close();
  expect(lines.map(({ type, object }) => [type, object.metadata.name])).toEqual([['ADDED', 'live'], ['DELETED', 'live']]);
  server.api.registry.store.compact(server.api.registry.store.revision);
  const expired = await server.ask(`${widgets}?watch=true&resourceVersion=1`);
  expect([expired.code, expired.json.type, expired.json.object.code, expired.json.object.reason]).toEqual([200, 'ERROR', 410, 'Expired']);
});

test('who is nobody in particular sees health and version and is forbidden the rest; wrong credentials get 401', async () => {
  const forbidden = async (path: string) => status(await server.ask(path, { anonymous: true }));
  expect(await forbidden('/api/v1/pods')).toEqual([403, 'Status', 'Failure', 'Forbidden', 'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope']);
  expect(await forbidden('/api')).toEqual([403, 'Status', 'Failure', 'Forbidden', 'forbidden: User "system:anonymous" cannot get path "/api"']);
  for (const path of ['/healthz', '/livez', '/readyz', '/version']) expect((await server.ask(path, { anonymous: true })).code).toBe(200);
  const { code, json: body } = await server.ask('/api/v1/pods', { anonymous: true, headers: { authorization: 'Bearer nonsense' } });
  expect([code, body]).toEqual([401, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 }]);
});

test('a ServiceAccount token is good for discovery, not for pods', async () => {
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'robot', namespace: 'default' } });
  const request = await post('/api/v1/namespaces/default/serviceaccounts/robot/token', { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], expirationSeconds: 600 } });
  expect(request.code).toBe(201);
  const headers = { authorization: `Bearer ${request.json.status.token}` };
  expect((await server.ask('/api', { anonymous: true, headers })).code).toBe(200);
  expect(status(await server.ask('/api/v1/namespaces/default/pods', { anonymous: true, headers }))).toEqual([403, 'Status', 'Failure', 'Forbidden',
    'pods is forbidden: User "system:serviceaccount:default:robot" cannot list resource "pods" in API group "" in the namespace "default"']);
  await server.client.delete(core('serviceaccounts'), 'robot', 'default');
  expect((await server.ask('/api', { anonymous: true, headers })).code).toBe(401);
});

test.each([
  ['GET', '/nowhere', 404, '404 page not found\n'],
  ['GET', '/apis/none.example/v1/things', 404, '404 page not found\n'],
  ['GET', '/apis/none.example', 404, '404 page not found\n'],
])('%s %s is no page', async (method, path, code, text) => {
  const answer = await server.ask(path, { method });
  expect([answer.code, answer.headers['content-type'], answer.text]).toEqual([code, 'text/plain; charset=utf-8', text]);
});

test.each([
  ['GET', '/api/v1/things', 404, 'NotFound', 'the server could not find the requested resource'],
  ['GET', '/api/v1/pods/x', 404, 'NotFound', 'the server could not find the requested resource'],
  ['GET', `${widgets}/x/nothing`, 404, 'NotFound', 'the server could not find the requested resource'],
  ['POST', '/api/v1/pods', 405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  ['PUT', widgets, 405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  ['POST', '/api/v1/namespaces/default/pods/x/exec', 400, 'BadRequest', 'Upgrade request required'],
])('%s %s is refused', async (method, path, code, reason, message) => {
  expect(status(await server.ask(path, method === 'GET' ? {} : { method, headers: json, body: '{}' }))).toEqual([code, 'Status', 'Failure', reason, message]);
});

test('unknown fields are an error, a warning or nothing', async () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'strict' }, foo: 1 };
  expect(status(await post(`${configMaps}?fieldValidation=Strict`, object)))
    .toEqual([400, 'Status', 'Failure', 'BadRequest', 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"']);
  const warned = await post(`${configMaps}?dryRun=All`, object);
  expect([warned.code, warned.headers.warning]).toEqual([201, '299 - "unknown field \\"foo\\""']);
  const ignored = await post(`${configMaps}?dryRun=All&fieldValidation=Ignore`, object);
  expect([ignored.code, ignored.headers.warning, ignored.json.foo]).toEqual([201, undefined, undefined]);
});

test('bodies: too large, of another type, compressed, pretty', async () => {
  const large = await server.ask(configMaps, { method: 'POST', headers: json, body: Buffer.alloc(3 * 1024 * 1024 + 1, ' ') });
  expect(status(large)).toEqual([413, 'Status', 'Failure', 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728']);
  expect((await server.ask(configMaps, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })).code).toBe(415);
  await post(configMaps, { metadata: { name: 'big' }, data: { x: 'y'.repeat(200_000) } });
  const compressed = await server.ask(`${configMaps}/big`, { headers: { 'accept-encoding': 'gzip' } });
  expect(compressed.headers['content-encoding']).toBe('gzip');
  expect((JSON.parse(gunzipSync(compressed.body).toString()) as { data: { x: string } }).data.x).toHaveLength(200_000);
  expect((await server.ask('/version?pretty=true')).text).toMatch(/^\{\n {2}"major": "1",\n/);
  expect((await server.ask('/version', { headers: { 'user-agent': 'curl/8' } })).text).toMatch(/^\{\n/);
});

test('discovery in all its forms', async () => {
  expect((await server.ask('/api')).json).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  const groups = (await server.ask('/apis')).json as { groups: { name: string; preferredVersion: { groupVersion: string } }[] };
  expect(groups.groups.find(({ name }) => name === 'test.example')!.preferredVersion).toEqual({ groupVersion: 'test.example/v1', version: 'v1' });
  expect((await server.ask('/apis/apps')).json).toMatchObject({ kind: 'APIGroup', apiVersion: 'v1', name: 'apps' });
  const { json: list } = await server.ask('/apis/test.example/v1');
  expect(list.resources).toMatchObject([
    { name: 'widgets', singularName: 'widget', namespaced: true, kind: 'Widget', shortNames: ['wd'], verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] },
    { name: 'widgets/scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] },
    { name: 'widgets/status', kind: 'Widget', verbs: ['get', 'patch', 'update'] },
  ]);
  for (const version of ['v2', 'v2beta1']) {
    const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    const aggregated = await server.ask('/apis', { headers: { accept: `${type},application/json` } });
    expect([aggregated.headers['content-type'], aggregated.json.apiVersion]).toEqual([type, `apidiscovery.k8s.io/${version}`]);
    const again = await server.ask('/apis', { headers: { accept: type, 'if-none-match': String(aggregated.headers.etag) } });
    expect([again.code, again.text]).toEqual([304, '']);
  }
});

test('openapi: an index, documents by hash', async () => {
  const { json: index } = await server.ask('/openapi/v3');
  const { serverRelativeURL } = index.paths['apis/apps/v1'];
  expect(serverRelativeURL).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]+$/);
  const document = await server.ask(serverRelativeURL);
  expect([document.code, document.json.openapi, document.headers['cache-control']]).toEqual([200, '3.0.0', 'public, immutable']);
  expect((await server.ask('/openapi/v3/apis/none/v1')).code).toBe(404);
});

test('readiness says what it looked at', async () => {
  expect((await server.ask('/readyz')).text).toBe('ok');
  expect((await server.ask('/readyz?verbose')).text).toMatch(/^\[\+\]ping ok\n[^]*readyz check passed\n$/);
});
