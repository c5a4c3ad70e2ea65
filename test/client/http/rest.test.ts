import { isReason } from '../../../src/api/errors';
import { testSession } from '../../cli/session';

const pods = { group: '', version: 'v1', plural: 'pods', namespaced: true };
const deployments = { group: 'apps', version: 'v1', plural: 'deployments', namespaced: true };
const nodes = { group: '', version: 'v1', plural: 'nodes', namespaced: false };
const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'x' } };

test('paths, queries and bodies of every method', async () => {
  const session = testSession({ routes: Object.fromEntries(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
    ['/apis/apps/v1/namespaces/x/deployments', '/apis/apps/v1/namespaces/x/deployments/web', '/apis/apps/v1/namespaces/x/deployments/web/scale', '/api/v1/nodes/n', '/apis/apps/v1/deployments']
      .map((path) => [`${method} ${path}`, object]))) });
  const client = await session.client();
  await client.get(nodes, 'n', 'ignored');
  await client.get(deployments, 'web', 'x', { subresource: 'scale' });
  await client.list(deployments, { labelSelector: 'a=b', limit: 5 });
  await client.create(deployments, object, { fieldManager: 'me', dryRun: true });
  await client.update(deployments, object, { subresource: 'scale' });
  await client.patch(deployments, 'web', 'x', 'apply', object, { force: true, fieldManager: 'me' });
  await client.delete(deployments, 'web', 'x', { gracePeriodSeconds: 0 });
  expect(session.requests).toEqual([
    'GET /api/v1/nodes/n',
    'GET /apis/apps/v1/namespaces/x/deployments/web/scale',
    'GET /apis/apps/v1/deployments?labelSelector=a=b&limit=5',
    'POST /apis/apps/v1/namespaces/x/deployments?dryRun=All&fieldManager=me',
    'PUT /apis/apps/v1/namespaces/x/deployments/web/scale',
    'PATCH /apis/apps/v1/namespaces/x/deployments/web?fieldManager=me&force=true',
    'DELETE /apis/apps/v1/namespaces/x/deployments/web',
  ]);
  expect(session.sent[5]!.contentType).toBe('application/apply-patch+yaml');
  expect(session.sent[6]!.body).toEqual({ apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 });
});

test('a refusal is its Status', async () => {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'no', reason: 'Conflict', code: 409, details: { name: 'x' } };
  const client = await testSession({ routes: { 'GET /api/v1/namespaces/d/pods/x': { status: 409, body: status } } }).client();
  const error: unknown = await client.get(pods, 'x', 'd').catch((caught: unknown) => caught);
  expect(isReason(error, 'Conflict')).toBe(true);
  expect((error as { status: unknown }).status).toEqual(status);
});

test.each([
  [404, '404 page not found', 'NotFound', 'the server could not find the requested resource'],
  [401, '', 'Unauthorized', 'the server has asked for the client to provide credentials'],
  [500, 'boom\n', 'InternalError', 'an error on the server ("boom") has prevented the request from succeeding'],
  [418, '', 'Unknown', 'the server responded with the status code 418 but did not return more information'],
])('%i without a Status', async (status, body, reason, message) => {
  const client = await testSession({ routes: { 'GET /x': { status, body } } }).client();
  await expect(client.request({ path: '/x' })).rejects.toMatchObject({ status: { reason, message, code: status } });
});

test('warnings are told', async () => {
  const session = testSession({ routes: { 'GET /x': { status: 200, body: {}, headers: { warning: '299 - "a \\"b\\"", 299 - "c"' } } } });
  await (await session.client()).request({ path: '/x' });
  expect(session.stderr()).toBe('Warning: a "b"\nWarning: c\n');
});

test('a watch yields events and throws the Status of an ERROR', async () => {
  const lines = [{ type: 'ADDED', object: { metadata: { name: 'a' } } }, { type: 'ERROR', object: { kind: 'Status', reason: 'Expired', code: 410, message: 'too old' } }];
  const client = await testSession({ routes: { 'GET /api/v1/pods': lines.map((line) => `${JSON.stringify(line)}\n`).join('') } }).client();
  const names: string[] = [];
  const run = async () => {
    for await (const { object: pod } of client.watch(pods, { resourceVersion: '1' })) names.push(pod.metadata.name!);
  };
  await expect(run()).rejects.toMatchObject({ status: { reason: 'Expired', message: 'too old' } });
  expect(names).toEqual(['a']);
});
