import type { AuditEvent } from '../../../../src/cluster/apiserver/audit/event';
import { sourceIPs, withoutManagers } from '../../../../src/cluster/apiserver/audit/event';
import type { AuditPolicy } from '../../../../src/cluster/apiserver/audit/policy';
import { startServer, type TestServer } from '../support/server';

const json = { 'content-type': 'application/json' };
const configMaps = '/api/v1/namespaces/default/configmaps';
const policy: AuditPolicy = {
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'RequestResponse', resources: [{ group: '', resources: ['configmaps'] }], omitManagedFields: true },
    { level: 'Request', resources: [{ group: '', resources: ['secrets'] }], omitStages: [] },
    { level: 'None', nonResourceURLs: ['/api*', '/version'] },
    { level: 'Metadata' },
  ],
};

let server: TestServer;
const events: AuditEvent[] = [];
/** As they stand in the log. */
const written = () => events.splice(0).map((event) => JSON.parse(JSON.stringify(event)) as Record<string, any>); // eslint-disable-line @typescript-eslint/no-explicit-any -- any event
beforeAll(async () => void (server = await startServer([], undefined, { audit: { policy, sink: (event) => void events.push(event) } })), 30_000);
afterAll(() => server.close());
beforeEach(() => void events.splice(0));

const completed = async () => {
  for (let tries = 0; tries < 400 && !events.some(({ stage }) => stage === 'ResponseComplete'); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  return written();
};

test('a create with all of what was asked and answered, in the order of the fields', async () => {
  await server.ask(`${configMaps}?fieldManager=me`, { method: 'POST', headers: { ...json, 'user-agent': 'tester/1', 'x-forwarded-for': '10.1.2.3' }, body: JSON.stringify({ metadata: { name: 'a' }, data: { k: 'v' } }) });
  const [event, ...others] = await completed();
  expect(others).toEqual([]);
  expect(Object.keys(event!)).toEqual(['kind', 'apiVersion', 'level', 'auditID', 'stage', 'requestURI', 'verb', 'user', 'sourceIPs', 'userAgent', 'objectRef',
    'responseStatus', 'requestObject', 'responseObject', 'requestReceivedTimestamp', 'stageTimestamp', 'annotations']);
  expect(event).toMatchObject({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', stage: 'ResponseComplete', requestURI: `${configMaps}?fieldManager=me`, verb: 'create',
    user: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }, sourceIPs: ['10.1.2.3', '127.0.0.1'], userAgent: 'tester/1',
    objectRef: { resource: 'configmaps', namespace: 'default', name: 'a', apiVersion: 'v1' }, responseStatus: { metadata: {}, code: 201 },
    requestObject: { metadata: { name: 'a' }, data: { k: 'v' } }, responseObject: { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { k: 'v' } },
    requestReceivedTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/),
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
  });
  expect(event!.responseObject.metadata.managedFields).toBeUndefined();
});

test('YAML and protobuf are written as JSON', async () => {
  await server.ask(`${configMaps}/a`, { headers: { accept: 'application/vnd.kubernetes.protobuf' } });
  expect((await completed())[0]!.responseObject).toMatchObject({ kind: 'ConfigMap', data: { k: 'v' } });
  await server.ask(configMaps, { headers: { accept: 'application/yaml' } });
  expect((await completed())[0]!.responseObject.items).toHaveLength(1);
  await server.ask(configMaps, { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: 'metadata:\n  name: yaml\n' });
  expect((await completed())[0]!.requestObject).toMatchObject({ metadata: { name: 'yaml' } });
});

test('a patch is written as it came, a deletion with its options', async () => {
  await server.ask(`${configMaps}/a`, { method: 'PATCH', headers: { 'content-type': 'application/json-patch+json' }, body: '[{"op":"add","path":"/data/n","value":"1"}]' });
  expect((await completed())[0]).toMatchObject({ verb: 'patch', requestObject: [{ op: 'add', path: '/data/n', value: '1' }], responseObject: { data: { n: '1' } } });
  await server.ask(`${configMaps}/a`, { method: 'DELETE', headers: json, body: '{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground"}' });
  expect((await completed())[0]).toMatchObject({ verb: 'delete', requestObject: { propagationPolicy: 'Foreground' } });
});

test('a level of Request leaves the answer out; stages come as rules want them', async () => {
  await server.ask('/api/v1/namespaces/default/secrets', { method: 'POST', headers: json, body: JSON.stringify({ metadata: { name: 's' }, stringData: { a: 'b' } }) });
  const [complete] = await completed();
  expect(complete).toMatchObject({ level: 'Request', requestObject: { stringData: { a: 'b' } }, responseStatus: { metadata: {}, code: 201 } });
  expect(complete!.responseObject).toBeUndefined();
});

test('failures carry what they say', async () => {
  await server.ask(`${configMaps}/missing`);
  expect((await completed())[0]!.responseStatus).toEqual({
    metadata: {}, status: 'Failure', message: 'configmaps "missing" not found', reason: 'NotFound', details: { name: 'missing', kind: 'configmaps' }, code: 404,
  });
});

test('who acts as another is written down with both, and what was decided', async () => {
  await server.ask('/api/v1/namespaces/default/pods', { headers: { 'impersonate-user': 'jane', 'impersonate-group': 'dev' } });
  expect((await completed())[0]).toMatchObject({
    level: 'Metadata', verb: 'list', user: { username: 'kubernetes-admin' }, impersonatedUser: { username: 'jane', groups: ['dev', 'system:authenticated'] },
    objectRef: { resource: 'pods', namespace: 'default', apiVersion: 'v1' }, responseStatus: { code: 403, reason: 'Forbidden' },
    annotations: { 'authorization.k8s.io/decision': 'forbid' },
  });
});

test('wrong credentials are written down once', async () => {
  await server.ask('/api/v1/pods', { anonymous: true, headers: { authorization: 'Bearer nonsense' } });
  for (let tries = 0; tries < 100 && !events.length; tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(written()).toEqual([expect.objectContaining({ stage: 'ResponseStarted', user: {}, responseStatus: { metadata: {}, message: 'Authentication failed, attempted: bearer', code: 401 } })]);
});

test('a watch tells when it began and when it ended', async () => {
  await server.ask('/api/v1/pods?watch=1&timeoutSeconds=1');
  expect((await completed()).map(({ stage, verb, responseStatus }) => [stage, verb, responseStatus.code])).toEqual([['ResponseStarted', 'watch', 200], ['ResponseComplete', 'watch', 200]]);
});

test('what no rule wants leaves nothing', async () => {
  await server.ask('/version');
  await server.ask('/api/v1');
  await server.ask('/healthz');
  expect((await completed()).map(({ requestURI }) => requestURI)).toEqual(['/healthz']);
});

test('says who sent it, the proxies first', () => {
  expect(sourceIPs({ 'x-forwarded-for': '1.1.1.1, nonsense, 2.2.2.2', 'x-real-ip': '3.3.3.3' }, '::ffff:127.0.0.1')).toEqual(['1.1.1.1', '2.2.2.2', '3.3.3.3', '127.0.0.1']);
  expect(sourceIPs({ 'x-forwarded-for': '::1' }, '::1')).toEqual(['::1']);
  expect(sourceIPs({}, undefined)).toBeUndefined();
});

test('leaves managers out of objects, lists and tables', () => {
  const object = { metadata: { name: 'a', managedFields: [{}] } };
  const bare = { metadata: { name: 'a' } };
  expect(withoutManagers(object)).toEqual(bare);
  expect(withoutManagers({ kind: 'List', metadata: {}, items: [object] })).toEqual({ kind: 'List', metadata: {}, items: [bare] });
  expect(withoutManagers({ kind: 'Table', rows: [{ cells: [1], object }, { cells: [2] }] })).toEqual({ kind: 'Table', rows: [{ cells: [1], object: bare }, { cells: [2] }] });
});
