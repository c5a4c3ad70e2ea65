import type { Unstructured } from '../../../../src/api/meta';
import { core } from '../support/registry';
import { startServer, type Answer, type TestServer } from '../support/server';

jest.setTimeout(60_000);

/** The options of requests, over the wire: lists and watches at a revision, pages, dry runs, preconditions. */

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
});
afterAll(() => server.close());

const store = () => server.api.registry.store;
const types = { json: 'application/json', merge: 'application/merge-patch+json', smp: 'application/strategic-merge-patch+json', patch: 'application/json-patch+json', apply: 'application/apply-patch+yaml' };
const send = (method: string) => (path: string, body?: object, contentType = types.json): Promise<Answer> =>
  server.ask(path, { method, headers: { 'content-type': contentType }, ...(body && { body: JSON.stringify(body) }) });
const [get, post, put, patch, remove] = [send('GET'), send('POST'), send('PUT'), send('PATCH'), send('DELETE')];
const told = ({ code, json: { reason, message } }: Answer) => [code, reason, message] as const;
const namesOf = ({ json: { items } }: Answer) => (items as Unstructured[]).map(({ metadata: { name } }) => name);
const mapsIn = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`;

async function namespaceWith(namespace: string, ...names: string[]): Promise<string> {
  await server.client.create({ ...core('namespaces'), namespaced: false }, { metadata: { name: namespace } });
  for (const name of names) await server.client.create(core('configmaps'), { metadata: { name, namespace } });
  return mapsIn(namespace);
}

describe('lists at a revision', () => {
  let maps: string;
  let before: string;
  let after: string;
  beforeAll(async () => {
    maps = await namespaceWith('revisions', 'a', 'b');
    before = String(store().revision);
    await server.client.create(core('configmaps'), { metadata: { name: 'c', namespace: 'revisions' } });
    await server.client.delete(core('configmaps'), 'a', 'revisions');
    after = String(store().revision);
  });

  // Source: TestListOptions in test/integration/apiserver/apiserver_test.go.
  test.each<[query: () => string, expected: string[]]>([
    [() => '', ['b', 'c']],
    [() => 'resourceVersion=0', ['b', 'c']],
    [() => 'resourceVersion=0&resourceVersionMatch=NotOlderThan', ['b', 'c']],
    [() => `resourceVersion=${before}`, ['b', 'c']],
    [() => `resourceVersion=${before}&resourceVersionMatch=NotOlderThan`, ['b', 'c']],
    [() => `resourceVersion=${before}&resourceVersionMatch=Exact`, ['a', 'b']],
    [() => `resourceVersion=${after}&resourceVersionMatch=Exact`, ['b', 'c']],
    // A limit makes it exact, unless it is said otherwise.
    [() => `resourceVersion=${before}&limit=10`, ['a', 'b']],
    [() => `resourceVersion=${before}&limit=10&resourceVersionMatch=NotOlderThan`, ['b', 'c']],
  ])('%s', async (query, expected) => {
    const answer = await get(`${maps}?${query()}`);
    expect([answer.code, namesOf(answer)]).toEqual([200, expected]);
    if (query().includes('Exact')) expect(answer.json.metadata.resourceVersion).toBe(/resourceVersion=(\d+)/.exec(query())![1]);
  });

  const invalid = (field: string, text: string) => [422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${field}: ${text}`];
  test.each<[query: () => string, expected: unknown[]]>([
    [() => 'resourceVersionMatch=Exact', invalid('resourceVersionMatch', 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided')],
    [() => 'resourceVersion=0&resourceVersionMatch=Exact', invalid('resourceVersionMatch', 'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"')],
    [() => 'resourceVersion=1&resourceVersionMatch=Newer', invalid('resourceVersionMatch', 'Unsupported value: "Newer": supported values: "Exact", "NotOlderThan", ""')],
    [() => 'resourceVersion=x', [400, 'BadRequest', expect.stringContaining('Invalid value: "x"')]],
    [() => 'resourceVersion=99999999', [504, 'Timeout', expect.stringMatching(/^Too large resource version: 99999999, current: \d+$/)]],
    [() => 'resourceVersion=99999999&resourceVersionMatch=Exact', [504, 'Timeout', expect.stringMatching(/^Too large resource version: 99999999, current: \d+$/)]],
    [() => 'limit=x', [400, 'BadRequest', expect.stringContaining('parsing "x": invalid syntax')]],
  ])('refuses %s', async (query, expected) => {
    expect(told(await get(`${maps}?${query()}`))).toEqual(expected);
  });

  test('a version that is still to come says when to ask again', async () => {
    const { json, headers } = await get(`${maps}?resourceVersion=99999999`);
    expect(json.details).toEqual({ causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 });
    expect(headers['retry-after']).toBe('1');
  });

  test('a single object is no older than it is asked to be', async () => {
    expect((await get(`${maps}/b?resourceVersion=${after}`)).code).toBe(200);
    expect((await get(`${maps}/b?resourceVersion=99999999`)).code).toBe(504);
  });
});

describe('pages', () => {
  test('show one revision, whatever happens between them', async () => {
    const maps = await namespaceWith('pages', ...['a', 'b', 'c', 'd', 'e']);
    const first = await get(`${maps}?limit=2`);
    expect([namesOf(first), first.json.metadata.remainingItemCount]).toEqual([['a', 'b'], 3]);
    await remove(`${maps}/d`);
    await post(maps, { metadata: { name: 'aa' } });
    const next = (page: Answer) => get(`${maps}?limit=2&continue=${encodeURIComponent(page.json.metadata.continue as string)}`);
    const second = await next(first);
    expect([namesOf(second), second.json.metadata.resourceVersion]).toEqual([['c', 'd'], first.json.metadata.resourceVersion]);
    const third = await next(second);
    expect([namesOf(third), third.json.metadata.continue, third.json.metadata.remainingItemCount]).toEqual([['e'], undefined, undefined]);
  });

  test('that are too old are 410 Gone, with a token that goes on with what is there now', async () => {
    const maps = await namespaceWith('expiring', ...['a', 'b', 'c', 'd']);
    const { json: { metadata } } = await get(`${maps}?limit=1`);
    await remove(`${maps}/b`);
    store().compact(store().revision);
    const gone = await get(`${maps}?limit=1&continue=${encodeURIComponent(metadata.continue as string)}`);
    expect([gone.code, gone.json.reason]).toEqual([410, 'Expired']);
    const rest = await get(`${maps}?limit=2&continue=${encodeURIComponent(gone.json.metadata.continue as string)}`);
    expect([rest.code, namesOf(rest)]).toEqual([200, ['c', 'd']]);
    expect(told(await get(`${maps}?resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=Exact`)).slice(0, 2)).toEqual([410, 'Expired']);
  });

  test('are not for those who cannot decide', async () => {
    const token = encodeURIComponent((await get('/api/v1/configmaps?limit=1')).json.metadata.continue as string);
    expect(told(await get(`/api/v1/configmaps?continue=${token}&resourceVersion=5`))).toEqual([400, 'BadRequest', 'specifying resource version is not allowed when using continue']);
    expect((await get(`/api/v1/configmaps?continue=${token}&resourceVersion=0&limit=1`)).code).toBe(200);
    expect(told(await get(`/api/v1/configmaps?continue=${token}&resourceVersionMatch=Exact`))[0]).toBe(422);
    expect(told(await get('/api/v1/configmaps?continue=nonsense&limit=1')).slice(0, 2)).toEqual([400, 'BadRequest']);
  });
});

describe('watches', () => {
  interface Event { type: string; object: { kind: string; code?: number; reason?: string; message?: string; metadata: { name?: string; resourceVersion: string; annotations?: Record<string, string> }; rows?: unknown[]; columnDefinitions?: unknown[] } }
  const watch = async (path: string, accept = types.json): Promise<Event[]> => {
    const { text } = await server.ask(`${path}${path.includes('?') ? '&' : '?'}watch=1&timeoutSeconds=1`, { headers: { accept } });
    return text.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Event);
  };
  const short = ({ type, object: { metadata } }: Event) => [type, metadata.name, metadata.annotations?.['k8s.io/initial-events-end']].filter(Boolean).join(' ');
  const streaming = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  let maps: string;
  beforeAll(async () => { maps = await namespaceWith('watches', 'a', 'b'); });

  test('a list that is streamed ends with a bookmark that says so', async () => {
    const events = await watch(`${maps}?${streaming}`);
    expect(events.map(short)).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK true', 'BOOKMARK']);
    expect(events[2]!.object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: expect.any(String) } });
    expect((await watch(`${maps}?${streaming}&resourceVersion=${store().revision}`)).map(short)).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK true', 'BOOKMARK']);
    expect((await watch(`${maps}?${streaming}&fieldSelector=metadata.name=b`)).map(short)).toEqual(['ADDED b', 'BOOKMARK true', 'BOOKMARK']);
  });

  test('in other forms, too', async () => {
    const table = await watch(`${maps}?${streaming}`, 'application/json;as=Table;v=v1;g=meta.k8s.io');
    expect(table.map(({ type, object }) => [type, object.kind])).toEqual([['ADDED', 'Table'], ['ADDED', 'Table'], ['BOOKMARK', 'Table'], ['BOOKMARK', 'Table']]);
    const partial = await watch(`${maps}?${streaming}`, 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io');
    expect(partial.map(({ type, object }) => [type, object.kind])).toEqual(['ADDED', 'ADDED', 'BOOKMARK', 'BOOKMARK'].map((type) => [type, 'PartialObjectMetadata']));
  });

  test('without initial events there are none', async () => {
    expect((await watch(`${maps}?sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`)).map(short)).toEqual(['BOOKMARK']);
    expect((await watch(`${maps}?resourceVersion=${store().revision}`)).map(short)).toEqual([]);
  });

  const forbidden = (text: string) => `ListOptions.meta.k8s.io "" is invalid: ${text}`;
  // Source: validateWatchOptions in k8s.io/apimachinery/pkg/apis/meta/internalversion/validation.
  test.each([
    ['sendInitialEvents=true', forbidden('resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')],
    ['sendInitialEvents=true&resourceVersionMatch=Exact', forbidden('[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]')],
    ['resourceVersionMatch=NotOlderThan', forbidden('resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided')],
  ])('refuses %s', async (query, message) => {
    const { code, json } = await get(`${maps}?watch=1&${query}`);
    expect([code, json.reason, json.message]).toEqual([422, 'Invalid', message]);
  });

  test('from what is compacted away: one event, 410', async () => {
    await patch(`${maps}/a`, { data: { x: '1' } }, types.merge);
    store().compact(store().revision);
    const [error, ...more] = await watch(`${maps}?resourceVersion=1`);
    expect(error).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/) } });
    expect(more).toEqual([]);
  });

  test('the old paths of watches', async () => {
    const { text } = await server.ask('/api/v1/watch/namespaces/watches/configmaps/b?timeoutSeconds=1');
    expect(text.trim().split('\n').map((line) => short(JSON.parse(line) as Event))).toEqual(['ADDED b']);
  });
});

describe('dry runs', () => {
  const container = { name: 'c', image: 'x' };
  const template = { metadata: { labels: { app: 'd' } }, spec: { containers: [container] } };
  const deployment = (name: string, replicas = 1) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas, selector: { matchLabels: { app: 'd' } }, template } });
  const deployments = '/apis/apps/v1/namespaces/default/deployments';
  const core_ = '/api/v1/namespaces/default';
  const csrs = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  let current: Unstructured;
  beforeAll(async () => {
    current = (await post(deployments, deployment('there'))).json as Unstructured;
    await post(`${core_}/pods`, { metadata: { name: 'pod', labels: { app: 'p' } }, spec: { containers: [container] } });
    await post(`${core_}/services`, { metadata: { name: 'svc' }, spec: { ports: [{ port: 80 }] } });
  });

  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'pod', namespace: 'default' } };
  const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'pod' }, target: { kind: 'Node', name: 'node' } };
  test.each<[what: string, ask: () => Promise<Answer>, code: number]>([
    ['create', () => post(`${deployments}?dryRun=All`, deployment('new')), 201],
    ['create with a generated name', () => post(`${core_}/configmaps?dryRun=All`, { metadata: { generateName: 'x-' } }), 201],
    ['create of a service, with its address', () => post(`${core_}/services?dryRun=All`, { metadata: { name: 'dry' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } }), 201],
    ['create of a namespace', () => post('/api/v1/namespaces?dryRun=All', { metadata: { name: 'dry' } }), 201],
    ['update', () => put(`${deployments}/there?dryRun=All`, { ...current, spec: { ...(current.spec as object), replicas: 9 } }), 200],
    ['update of the status', () => put(`${deployments}/there/status?dryRun=All`, { ...current, status: { replicas: 9 } }), 200],
    ['merge patch', () => patch(`${deployments}/there?dryRun=All`, { spec: { replicas: 9 } }, types.merge), 200],
    ['strategic merge patch', () => patch(`${deployments}/there?dryRun=All`, { spec: { replicas: 9 } }, types.smp), 200],
    ['JSON patch', () => patch(`${deployments}/there?dryRun=All`, [{ op: 'replace', path: '/spec/replicas', value: 9 }], types.patch), 200],
    ['apply', () => patch(`${deployments}/there?dryRun=All&fieldManager=m&force=true`, deployment('there', 9), types.apply), 200],
    ['apply of what is not there', () => patch(`${deployments}/applied?dryRun=All&fieldManager=m`, deployment('applied', 9), types.apply), 201],
    ['scale', () => patch(`${deployments}/there/scale?dryRun=All`, { spec: { replicas: 9 } }, types.merge), 200],
    ['eviction', () => post(`${core_}/pods/pod/eviction?dryRun=All`, eviction), 201],
    ['eviction, asked for in its options', () => post(`${core_}/pods/pod/eviction`, { ...eviction, deleteOptions: { dryRun: ['All'] } }), 201],
    ['binding', () => post(`${core_}/pods/pod/binding?dryRun=All`, binding), 201],
    ['delete', () => remove(`${deployments}/there?dryRun=All`), 200],
    ['delete, asked for in the body', () => remove(`${deployments}/there`, { apiVersion: 'v1', kind: 'DeleteOptions', dryRun: ['All'] }), 200],
    ['delete of a pod with grace', () => remove(`${core_}/pods/pod?dryRun=All&gracePeriodSeconds=5`), 200],
    ['delete of a namespace', () => remove('/api/v1/namespaces/pages?dryRun=All'), 200],
    ['delete of a collection', () => remove(`${deployments}?dryRun=All`), 200],
    ['a token', () => post(`${core_}/serviceaccounts/default/token?dryRun=All`, { spec: {} }), 201],
  ])('%s: answered, and not done', async (_what, ask, code) => {
    const before = store().revision;
    const answer = await ask();
    expect([answer.code, store().revision]).toEqual([code, before]);
  });

  test('the answer is what it would have been', async () => {
    const { json } = await patch(`${deployments}/there?dryRun=All`, { spec: { replicas: 9 } }, types.merge);
    expect(json).toMatchObject({ metadata: { uid: current.metadata.uid, resourceVersion: current.metadata.resourceVersion, generation: 2 }, spec: { replicas: 9 } });
    const { json: made } = await post(`${deployments}?dryRun=All`, deployment('new'));
    expect(made.metadata).toMatchObject({ uid: expect.any(String), creationTimestamp: expect.any(String) });
    expect(made.metadata.resourceVersion).toBeUndefined();
  });

  test('what is wrong is refused all the same', async () => {
    expect((await post(`${deployments}?dryRun=All`, deployment('there'))).code).toBe(409);
    expect((await post(`${deployments}?dryRun=All`, deployment('new', -1))).code).toBe(422);
    expect((await remove(`${deployments}/none?dryRun=All`)).code).toBe(404);
  });

  test('an address that a dry run has shown is still free', async () => {
    const service = (name: string, more = {}) => ({ metadata: { name }, spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30007 }], ...more } });
    for (const name of ['one', 'two']) expect((await post(`${core_}/services?dryRun=All`, service(name, { clusterIP: '10.96.0.77' }))).code).toBe(201);
    expect((await post(`${core_}/services`, service('real', { clusterIP: '10.96.0.77' }))).code).toBe(201);
    expect((await put(`${core_}/services/real?dryRun=All`, service('real', { type: 'ExternalName', externalName: 'x.example.com' }))).code).toBe(200);
    expect((await remove(`${core_}/services/real?dryRun=All`)).code).toBe(200);
    expect((await post(`${core_}/services?dryRun=All`, service('three', { clusterIP: '10.96.0.77' }))).code).toBe(422);
  });

  test('there is no half of it', async () => {
    const { code, json } = await post(`${csrs}?dryRun=Some`, {});
    expect([code, json.message]).toEqual([422, 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: "Some": supported values: "All"']);
  });
});

describe('preconditions', () => {
  const maps = mapsIn('default');
  const made = async (name: string) => (await post(maps, { metadata: { name }, data: { a: '1' } })).json as Unstructured;
  const conflict = (name: string, why: string) => [409, 'Conflict', `Operation cannot be fulfilled on configmaps "${name}": ${why}`];
  const modified = 'the object has been modified; please apply your changes to the latest version and try again';

  test('of a delete', async () => {
    const { metadata: { uid, resourceVersion } } = await made('deleted');
    const deleted = (preconditions: object) => remove(`${maps}/deleted`, { apiVersion: 'v1', kind: 'DeleteOptions', preconditions });
    expect(told(await deleted({ uid: 'other' }))).toEqual(conflict('deleted', `the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`));
    expect(told(await deleted({ resourceVersion: '1' }))).toEqual(conflict('deleted', `the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`));
    expect((await deleted({ uid, resourceVersion })).code).toBe(200);
  });

  test('of an update', async () => {
    const before = await made('updated');
    const { metadata: { uid } } = before;
    const after = (await patch(`${maps}/updated`, { data: { a: '2' } }, types.merge)).json as Unstructured;
    expect(told(await put(`${maps}/updated`, before))).toEqual(conflict('updated', modified));
    expect(told(await put(`${maps}/updated`, { ...after, metadata: { ...after.metadata, uid: 'other' } }))).toEqual(
      conflict('updated', `Precondition failed: UID in precondition: other, UID in object meta: ${uid}`));
    // Without a version the last one to come wins.
    expect((await put(`${maps}/updated`, { metadata: { name: 'updated' }, data: { a: '3' } })).json.data).toEqual({ a: '3' });
    expect((await put(`${maps}/none`, { metadata: { name: 'none' } })).code).toBe(404);
    expect(told(await put(`${maps}/updated`, { metadata: { name: 'else' } }))).toEqual([400, 'BadRequest', 'the name of the object (else) does not match the name on the URL (updated)']);
  });

  test('of a patch', async () => {
    const { metadata: { resourceVersion } } = await made('patched');
    expect((await patch(`${maps}/patched`, { metadata: { resourceVersion }, data: { a: '2' } }, types.merge)).code).toBe(200);
    expect(told(await patch(`${maps}/patched`, { metadata: { resourceVersion }, data: { a: '3' } }, types.merge))).toEqual(conflict('patched', modified));
    expect(told(await patch(`${maps}/patched`, [{ op: 'test', path: '/data/a', value: 'x' }], types.patch)).slice(0, 2)).toEqual([422, 'Invalid']);
  });

  test('of a create: it has no version', async () => {
    expect(told(await post(maps, { metadata: { name: 'x', resourceVersion: '5' } }))).toEqual([500, undefined, 'resourceVersion should not be set on objects to be created']);
    expect((await post(maps, { metadata: { name: 'x', resourceVersion: '0' } })).code).toBe(201);
  });
});
