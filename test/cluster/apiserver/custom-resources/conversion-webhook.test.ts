import type { KubeObject, Unstructured } from '../../../../src/api/meta';
import type { Resource } from '../../../../src/client/client';
import { failure } from '../support/registry';
import { startServer, type TestServer } from '../support/server';
import { startWebhookServer, type ReceivedRequest, type WebhookServer } from '../support/webhook-server';
import { definitions } from './support';

const group = 'stable.example.com';
const resource = (version: string): Resource => ({ group, version, plural: 'endpoints', namespaced: true });
const [v1, v2] = [resource('v1'), resource('v2')];

let server: TestServer;
let hook: WebhookServer;
beforeAll(async () => {
  [server, hook] = await Promise.all([startServer(), startWebhookServer()]);
});
afterAll(() => Promise.all([server.close(), hook.close()]));

const spec = (properties: Record<string, object>) => ({ openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } });
const text = { type: 'string' };

/** v1 has `hostPort`, v2 `host` and `port`. */
const definition = (storage: string, versions = ['v1']) => ({
  metadata: { name: `endpoints.${group}` },
  spec: {
    group, scope: 'Namespaced', names: { plural: 'endpoints', kind: 'Endpoint' },
    conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: versions, clientConfig: { url: `https://localhost:${hook.port}/convert`, caBundle: hook.caBundle } } },
    versions: [
      { name: 'v1', served: true, storage: storage === 'v1', schema: spec({ hostPort: text }), selectableFields: [{ jsonPath: '.spec.hostPort' }] },
      { name: 'v2', served: true, storage: storage === 'v2', schema: spec({ host: text, port: text, zone: { ...text, default: 'here' } }), selectableFields: [{ jsonPath: '.spec.port' }] },
    ],
  },
} as unknown as KubeObject);

type Endpoint = Unstructured & { spec?: { hostPort?: string; host?: string; port?: string } };

function converted(object: Endpoint, apiVersion: string): Endpoint {
  const { hostPort, host, port } = object.spec ?? {};
  if (apiVersion.endsWith('/v1')) return { ...object, apiVersion, spec: { hostPort: `${host}:${port}` } };
  const [name, number] = (hostPort ?? '').split(':');
  return { ...object, apiVersion, spec: { host: name!, port: number! } };
}

const says = ({ review }: ReceivedRequest, response: object) => ({ body: { kind: review.kind, apiVersion: review.apiVersion, response: { uid: review.request.uid, result: { status: 'Success' }, ...response } } });
const converts = (request: ReceivedRequest) =>
  says(request, { convertedObjects: request.review.request.objects.map((object: Endpoint) => converted(object, request.review.request.desiredAPIVersion)) });

const until = async (check: () => Promise<unknown>) => {
  while (!await check()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const gone = async (name: string) => (await failure(() => server.client.get(definitions, name)))?.startsWith('404');
const isServed = (of: Resource) => () => Promise.resolve(server.api.registry.kinds.find({ ...of, resource: of.plural }));

async function define(storage = 'v1', versions?: string[]): Promise<void> {
  await server.client.create(definitions, definition(storage, versions));
  await until(isServed(v2));
}

afterEach(async () => {
  hook.script = converts;
  await server.client.delete(definitions, `endpoints.${group}`);
  await until(() => gone(`endpoints.${group}`));
  hook.received.length = 0;
});
beforeEach(() => {
  hook.script = converts;
});

const first = (name = 'a', hostPort = 'localhost:80', metadata: object = {}): KubeObject => ({ apiVersion: `${group}/v1`, kind: 'Endpoint', metadata: { name, namespace: 'default', ...metadata }, spec: { hostPort } } as unknown as KubeObject);
const second = (name: string, host: string, port: string): KubeObject => ({ apiVersion: `${group}/v2`, kind: 'Endpoint', metadata: { name, namespace: 'default' }, spec: { host, port } } as unknown as KubeObject);

test('an object is written and read in every version', async () => {
  await define();
  const { client } = server;
  await client.create(v1, first());
  expect(hook.received).toEqual([]);
  expect(await client.get(v2, 'a', 'default')).toMatchObject({ apiVersion: `${group}/v2`, kind: 'Endpoint', spec: { host: 'localhost', port: '80', zone: 'here' } });
  const [{ path, review }] = hook.received as [ReceivedRequest];
  expect(path).toBe('/convert?timeout=30s');
  expect(review).toEqual({
    kind: 'ConversionReview', apiVersion: 'apiextensions.k8s.io/v1', response: null,
    request: { uid: expect.stringMatching(/^[0-9a-f-]{36}$/), desiredAPIVersion: `${group}/v2`, objects: [expect.objectContaining({ apiVersion: `${group}/v1`, spec: { hostPort: 'localhost:80' } })] },
  });
  expect(await client.create(v2, second('b', 'there', '81'))).toMatchObject({ apiVersion: `${group}/v2`, spec: { host: 'there', port: '81' } });
  expect(server.api.registry.store.get(`${group}/endpoints/default/b`)!.object).toMatchObject({ apiVersion: `${group}/v1`, spec: { hostPort: 'there:81' } });
  await client.patch(v2, 'b', 'default', 'merge', { spec: { port: '82' } });
  expect(await client.get(v1, 'b', 'default')).toMatchObject({ spec: { hostPort: 'there:82' } });
  const applied = { apiVersion: `${group}/v2`, kind: 'Endpoint', metadata: { name: 'b' }, spec: { port: '83' } };
  await client.patch(v2, 'b', 'default', 'apply', applied, { fieldManager: 'me', force: true });
  expect(await client.get(v1, 'b', 'default')).toMatchObject({ spec: { hostPort: 'there:83' } });
});

test.each(['v1', 'v1beta1'])('lists hold what is stored in different versions (%s)', async (reviewVersion) => {
  await define('v1', ['v7', reviewVersion]);
  const { client } = server;
  await client.create(v1, first('a', 'one:1', { labels: { n: '1' } }));
  const { metadata } = await client.get(definitions, `endpoints.${group}`);
  await client.update(definitions, { ...definition('v2', [reviewVersion]), metadata });
  await client.create(v2, second('b', 'two', '2'));
  expect((await client.get<Unstructured>(definitions, `endpoints.${group}`)).status).toMatchObject({ storedVersions: ['v1', 'v2'] });
  const specs = async (of: Resource, options: object = {}) => (await client.list<Unstructured>(of, options)).items.map((item) => item.spec);
  expect(await specs(v1)).toEqual([{ hostPort: 'one:1' }, { hostPort: 'two:2' }]);
  expect(await specs(v2)).toEqual([{ host: 'one', port: '1', zone: 'here' }, { host: 'two', port: '2', zone: 'here' }]);
  expect(await specs(v2, { fieldSelector: 'spec.port=2' })).toEqual([{ host: 'two', port: '2', zone: 'here' }]);
  expect(await specs(v1, { labelSelector: 'n=1', limit: 1 })).toEqual([{ hostPort: 'one:1' }]);
});

test('a watch sees everything in its version', async () => {
  await define();
  const { client } = server;
  await client.create(v1, first('a', 'one:1'));
  const end = new AbortController();
  const seen: unknown[] = [];
  const watching = (async () => {
    for await (const event of client.watch<Unstructured>(v2, { namespace: 'default', signal: end.signal })) {
      const { type, object } = event as { type: string; object: Unstructured };
      seen.push([type, object.metadata.name, object.apiVersion, object.spec]);
      if (type === 'DELETED') end.abort();
    }
  })();
  await until(() => Promise.resolve(seen.length === 1));
  await client.patch(v1, 'a', 'default', 'merge', { spec: { hostPort: 'one:2' } });
  await client.delete(v1, 'a', 'default');
  await watching;
  const at = (port: string) => [`${group}/v2`, { host: 'one', port, zone: 'here' }];
  expect(seen).toEqual([['ADDED', 'a', ...at('1')], ['MODIFIED', 'a', ...at('2')], ['DELETED', 'a', ...at('2')]]);
});

test('a conversion may change labels and annotations, and nothing else of the metadata', async () => {
  await define();
  await server.client.create(v1, first('a', 'one:1', { labels: { old: 'yes' }, finalizers: ['example.com/wait'] }));
  hook.script = (request) => says(request, { convertedObjects: request.review.request.objects.map((object: Endpoint) =>
    ({ ...converted(object, request.review.request.desiredAPIVersion), metadata: { ...object.metadata, labels: { new: 'yes' }, finalizers: [], generation: 7 } })) });
  expect((await server.client.get(v2, 'a', 'default')).metadata).toMatchObject({ labels: { new: 'yes' }, finalizers: ['example.com/wait'], generation: 1 });
  await server.client.patch(v1, 'a', 'default', 'merge', { metadata: { finalizers: null } });
});

const about = `conversion webhook for ${group}/v1, Kind=Endpoint`;

test.each<[string, (request: ReceivedRequest) => ReturnType<WebhookServer['script']>, string | RegExp]>([
  ['refuses', (request) => says(request, { result: { status: 'Failure', message: 'cannot' } }), `${about} failed: cannot`],
  ['says nothing', ({ review }) => ({ body: { kind: review.kind, apiVersion: review.apiVersion } }), `${about} failed: no response provided`],
  ['answers something else', (request) => says(request, { uid: 'x' }), /failed: expected response.uid="[0-9a-f-]+", got "x"$/],
  ['is broken', () => ({ code: 500, body: 'oh' }), `${about} failed: an error on the server ("oh") has prevented the request from succeeding`],
  ['answers too little', (request) => says(request, { convertedObjects: [] }), `${about} returned 0 objects, expected 1`],
  ['gives another version', (request) => says(request, { convertedObjects: request.review.request.objects }),
    `${about} returned invalid object at index 0: invalid groupVersion (expected ${group}/v2, received ${group}/v1)`],
  ['gives another object', (request) => says(request, { convertedObjects: request.review.request.objects.map((object: Endpoint) => ({ ...converted(object, `${group}/v2`), metadata: { ...object.metadata, name: 'z' } })) }),
    `${about} returned invalid object: must have the same name: a != z`],
  ['gives bad labels', (request) => says(request, { convertedObjects: request.review.request.objects.map((object: Endpoint) => ({ ...converted(object, `${group}/v2`), metadata: { ...object.metadata, labels: { a: 1 } } })) }),
    `${about} returned invalid metadata: metadata.labels[a] must be a string, but is int64 in converted object`],
])('a webhook that %s fails the request', async (_, script, expected) => {
  await define();
  await server.client.create(v1, first());
  hook.script = script;
  const told = await failure(() => server.client.get(v2, 'a', 'default'));
  expect(told).toMatch(/^500 Unknown: /);
  expect(told!.slice('500 Unknown: '.length)).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  expect(await server.client.get(v1, 'a', 'default')).toMatchObject({ spec: { hostPort: 'localhost:80' } });
});

test('a watch ends where the conversion fails', async () => {
  await define();
  await server.client.create(v1, first());
  hook.script = (request) => says(request, { result: { status: 'Failure', message: 'cannot' } });
  const { text: events } = await server.ask(`/apis/${group}/v2/endpoints?watch=1`);
  expect(JSON.parse(events)).toMatchObject({ type: 'ERROR', object: { kind: 'Status', message: `${about} failed: cannot` } });
});
