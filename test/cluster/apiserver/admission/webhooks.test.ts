import type { KubeObject } from '../../../../src/api/meta';
import type { Resource } from '../../../../src/client/client';
import { describeWithOracle } from '../../../support/oracle';
import { scriptedAgent } from '../support/agent';
import { core, failure, namespaces } from '../support/registry';
import { startServer, type TestServer } from '../support/server';
import { admits, answer, patchAnswer, startWebhookServer, type WebhookServer } from '../support/webhook-server';

const registration = (plural: string): Resource => ({ group: 'admissionregistration.k8s.io', version: 'v1', plural, namespaced: false });
const validating = registration('validatingwebhookconfigurations');
const mutating = registration('mutatingwebhookconfigurations');
const configMaps = core('configmaps');

let server: TestServer;
let hook: WebhookServer;
beforeAll(async () => {
  [server, hook] = await Promise.all([startServer([], scriptedAgent), startWebhookServer()]);
});
afterAll(() => Promise.all([server.close(), hook.close()]));

const forConfigMaps = { apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] };

function webhook(more: object = {}) {
  return {
    name: 'a.hook.test', sideEffects: 'None', admissionReviewVersions: ['v1', 'v1beta1'], rules: [forConfigMaps],
    clientConfig: { url: `https://localhost:${hook.port}/review`, caBundle: hook.caBundle }, ...more,
  };
}

const names: [Resource, string][] = [];

async function configure(resource: Resource, name: string, ...webhooks: object[]): Promise<void> {
  await server.client.create(resource, { metadata: { name }, webhooks } as unknown as KubeObject);
  names.push([resource, name]);
}

afterEach(async () => {
  for (const [resource, name] of names.splice(0)) await server.client.delete(resource, name);
  hook.script = admits;
  hook.received.length = 0;
});

let count = 0;
const configMap = (more: object = {}, metadata: object = {}): KubeObject => ({ metadata: { name: `m${count++}`, namespace: 'default', ...metadata }, ...more });
const create = (object: KubeObject = configMap()) => server.client.create(configMaps, object);

test('a validating webhook is asked with a whole review and refuses in its own words', async () => {
  await configure(validating, 'v', webhook());
  hook.script = ({ review }) => answer(review, { allowed: false, warnings: ['look out'], status: { message: 'not today', code: 402, reason: 'Because' } });
  const { code, headers, json } = await server.ask('/api/v1/namespaces/default/configmaps?fieldManager=me&dryRun=All', {
    method: 'POST', body: JSON.stringify({ metadata: { name: 'asked', labels: { a: 'b' } } }), headers: { 'content-type': 'application/json' },
  });
  expect({ code, warning: headers.warning, json }).toEqual({
    code: 402, warning: '299 - "look out"',
    json: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'admission webhook "a.hook.test" denied the request: not today', reason: 'Because', code: 402 },
  });
  const [{ path, review }] = hook.received as [WebhookServer['received'][number]];
  expect(path).toBe('/review?timeout=10s');
  const type = { group: '', version: 'v1', kind: 'ConfigMap' };
  const resource = { group: '', version: 'v1', resource: 'configmaps' };
  expect(review).toEqual({
    kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/), kind: type, resource, requestKind: type, requestResource: resource, name: 'asked', namespace: 'default', operation: 'CREATE',
      userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'], extra: { 'authentication.kubernetes.io/credential-id': [expect.any(String)] } },
      object: expect.objectContaining({ kind: 'ConfigMap', apiVersion: 'v1', metadata: expect.objectContaining({ name: 'asked', uid: expect.any(String) }) }), oldObject: null,
      dryRun: true, options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', dryRun: ['All'], fieldManager: 'me' },
    },
  });
});

test.each<[string, object, string]>([
  ['nothing', {}, '400 Unknown: admission webhook "a.hook.test" denied the request without explanation'],
  ['a reason', { status: { reason: 'Mood' } }, '400 Mood: admission webhook "a.hook.test" denied the request: Mood'],
  ['success', { status: { status: 'Success', code: 200, message: 'fine' } }, '400 Unknown: admission webhook "a.hook.test" denied the request: fine'],
])('a refusal that says %s', async (_what, response, expected) => {
  await configure(validating, 'v', webhook());
  hook.script = ({ review }) => answer(review, { allowed: false, ...response });
  expect(await failure(create)).toBe(expected);
});

test('updates and deletions are seen with the old object; v1beta1 is spoken where it is wanted', async () => {
  await configure(validating, 'v', webhook({ admissionReviewVersions: ['v2', 'v1beta1'] }));
  const made = await create(configMap({ data: { a: '1' } }));
  await server.client.update(configMaps, { ...made, data: { a: '2' } } as KubeObject);
  await server.client.delete(configMaps, made.metadata.name, 'default');
  expect(hook.received.map(({ review: { apiVersion, request } }) => [apiVersion, request.operation, request.object?.data.a, request.oldObject?.data.a, request.options?.kind])).toEqual([
    ['admission.k8s.io/v1beta1', 'CREATE', '1', undefined, 'CreateOptions'],
    ['admission.k8s.io/v1beta1', 'UPDATE', '2', '1', 'UpdateOptions'],
    ['admission.k8s.io/v1beta1', 'DELETE', undefined, '2', 'DeleteOptions'],
  ]);
});

test('mutating webhooks see what those before them did, and what follows sees the result', async () => {
  hook.script = ({ path, review }) => patchAnswer(review, [{ op: 'add', path: '/data/x', value: `${review.request.object.data.x ?? ''}${path[1]}` }]);
  const at = (letter: string) => webhook({ name: `${letter}.hook.test`, clientConfig: { url: `https://localhost:${hook.port}/${letter}`, caBundle: hook.caBundle } });
  await configure(mutating, 'two', at('c'));
  await configure(mutating, 'one', at('a'), at('b'));
  const made = await create(configMap({ data: { own: 'y' } })) as KubeObject & { data: object };
  expect(made.data).toEqual({ own: 'y', x: 'abc' });
});

test('a webhook that asks for it is asked again when a later one changed the object', async () => {
  hook.script = ({ path, review }) => patchAnswer(review, [{ op: 'add', path: `/data/${path[1]}`, value: `${Object.keys(review.request.object.data as object).sort().join('')}` }]);
  const at = (letter: string, reinvocationPolicy: string) => webhook({ name: `${letter}.hook.test`, reinvocationPolicy, clientConfig: { url: `https://localhost:${hook.port}/${letter}`, caBundle: hook.caBundle } });
  await configure(mutating, 'm', at('a', 'IfNeeded'), at('b', 'Never'));
  const made = await create(configMap({ data: { y: '' } })) as KubeObject & { data: object };
  expect(hook.received.map(({ path }) => path[1])).toEqual(['a', 'b', 'a']);
  expect(made.data).toEqual({ a: 'aby', b: 'ay', y: '' });
});

test('defaults are set for what a patch adds, and validation comes after it', async () => {
  await configure(mutating, 'm', webhook({ rules: [{ ...forConfigMaps, resources: ['pods'] }] }));
  const pod = (name: string) => ({ metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'a', image: 'nginx' }], serviceAccountName: 'none', automountServiceAccountToken: false } });
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'none', namespace: 'default' } });
  hook.script = ({ review }) => patchAnswer(review, [{ op: 'add', path: '/spec/containers/-', value: { name: 'b', image: 'redis:7' } }]);
  const made = await server.client.create(core('pods'), pod('sidecar')) as KubeObject & { spec: { containers: object[] } };
  expect(made.spec.containers[1]).toMatchObject({ name: 'b', imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log' });
  hook.script = ({ review }) => patchAnswer(review, [{ op: 'replace', path: '/spec/containers/0/name', value: 'NO' }]);
  expect(await failure(() => server.client.create(core('pods'), pod('invalid')))).toMatch(/^422 Invalid: Pod "invalid" is invalid: spec.containers\[0\].name: Invalid value: "NO"/);
});

describe('who is asked', () => {
  test('namespaces and objects are selected by their labels', async () => {
    await server.client.create(namespaces, { metadata: { name: 'chosen', labels: { hook: 'yes' } } });
    await configure(validating, 'v', webhook({ namespaceSelector: { matchLabels: { hook: 'yes' } }, objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] } }));
    await create();
    await create(configMap({}, { namespace: 'chosen', labels: { skip: '' } }));
    expect(hook.received).toEqual([]);
    await create(configMap({}, { namespace: 'chosen' }));
    expect(hook.received.length).toBe(1);
  });

  test('a rule for one version of a resource is one for all, unless it is to be exact', async () => {
    const rules = [{ apiGroups: ['events.k8s.io'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['events'] }];
    await configure(validating, 'v', webhook({ rules }), webhook({ name: 'b.hook.test', rules, matchPolicy: 'Exact' }));
    await server.client.create(core('events'), {
      metadata: { name: 'e', namespace: 'default' }, involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' }, reason: 'R', message: 'M', type: 'Normal',
    } as unknown as KubeObject);
    expect(hook.received.map(({ review: { request: { kind, requestKind, resource, object } } }) => [kind.group, requestKind.group, resource.group, object.apiVersion, object.regarding.name, object.note]))
      .toEqual([['events.k8s.io', '', 'events.k8s.io', 'events.k8s.io/v1', 'p', 'M']]);
  });

  test('subresources only where they are named, in the form in which they travel', async () => {
    const rules = [{ apiGroups: ['apps'], apiVersions: ['*'], operations: ['*'], resources: ['deployments/scale'] }];
    const deployments: Resource = { group: 'apps', version: 'v1', plural: 'deployments', namespaced: true };
    await configure(validating, 'v', webhook({ rules }));
    const labels = { app: 'a' };
    await server.client.create(deployments, { metadata: { name: 'd', namespace: 'default' }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'b' }] } } } } as unknown as KubeObject);
    await server.client.patch(deployments, 'd', 'default', 'merge', { spec: { replicas: 3 } }, { subresource: 'scale' });
    expect(hook.received.map(({ review: { request: { kind, resource, subResource, object, oldObject } } }) => [kind, resource.resource, subResource, object.spec.replicas, oldObject.spec.replicas]))
      .toEqual([[{ group: 'autoscaling', version: 'v1', kind: 'Scale' }, 'deployments', 'scale', 3, 1]]);
  });

  test('scopes tell namespaced objects from others', async () => {
    const rule = { apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] };
    await configure(validating, 'v', webhook({ rules: [{ ...rule, scope: 'Cluster' }] }), webhook({ name: 'b.hook.test', rules: [{ ...rule, scope: 'Namespaced' }], clientConfig: { url: `https://localhost:${hook.port}/inside`, caBundle: hook.caBundle } }));
    await create();
    await server.client.create(namespaces, { metadata: { name: 'scoped' } });
    expect(hook.received.map(({ path, review: { request } }) => [path, request.resource.resource, request.namespace])).toEqual([['/inside?timeout=10s', 'configmaps', 'default'], ['/review?timeout=10s', 'namespaces', 'scoped']]);
  });

  test('never the configurations themselves', async () => {
    await configure(validating, 'v', webhook({ rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] }));
    hook.script = ({ review }) => answer(review, { allowed: false });
    await configure(mutating, 'm', webhook({ rules: [{ ...forConfigMaps, resources: ['secrets'] }] }));
    expect(hook.received).toEqual([]);
  });
});

describe('a webhook that does not answer well', () => {
  const call = 'failed calling webhook "a.hook.test": ';
  const refusals: [string, WebhookServer['script'], unknown][] = [
    ['an error', () => ({ code: 500, body: 'oops' }), 'failed to call webhook: an error on the server ("oops") has prevented the request from succeeding'],
    ['not found', () => ({ code: 404, body: 'no' }), 'failed to call webhook: the server could not find the requested resource'],
    ['no JSON', () => ({ body: 'hello' }), "failed to call webhook: couldn't get version/kind; json parse error: invalid character 'h' looking for beginning of value"],
    ['nothing in it', ({ review }) => ({ body: { kind: review.kind, apiVersion: review.apiVersion } }), 'received invalid webhook response: webhook response was absent'],
    ['another uid', ({ review }) => answer(review, { uid: 'x' }), expect.stringMatching(/^received invalid webhook response: expected response.uid="[0-9a-f-]+", got "x"$/)],
    ['no type', ({ review }) => ({ body: { response: { uid: review.request.uid, allowed: true } } }), 'received invalid webhook response: expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind='],
    ['another version', ({ review }) => ({ body: { ...answer(review, {}).body, apiVersion: 'admission.k8s.io/v1beta1' } }), 'failed to call webhook: converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion'],
    ['a patch', ({ review }) => patchAnswer(review, []), 'received invalid webhook response: validating webhook may not return response.patch'],
  ];
  test.each(refusals)('%s', async (_what, script, expected) => {
    await configure(validating, 'v', webhook());
    hook.script = script;
    const error = await create().then(() => undefined, (failed: { code: number; message: string }) => failed);
    expect(error?.code).toBe(500);
    expect(error?.message.startsWith(`Internal error occurred: ${call}`)).toBe(true);
    expect(error?.message.slice(`Internal error occurred: ${call}`.length)).toEqual(expected);
  });

  test('is passed over where its failurePolicy says so, and not where it refuses', async () => {
    await configure(validating, 'v', webhook({ failurePolicy: 'Ignore' }));
    await configure(mutating, 'm', webhook({ failurePolicy: 'Ignore' }));
    hook.script = () => ({ code: 500, body: 'oops' });
    await create();
    expect(hook.received.length).toBe(2);
    hook.script = ({ review }) => answer(review, { allowed: false });
    expect(await failure(create)).toMatch(/denied the request without explanation$/);
  });

  test('in time', async () => {
    await configure(validating, 'v', webhook({ timeoutSeconds: 1 }));
    hook.script = () => undefined;
    expect(await failure(create)).toBe(`500 InternalError: Internal error occurred: ${call}failed to call webhook: Post "https://localhost:${hook.port}/review?timeout=1s": context deadline exceeded`);
  });

  test('with a certificate that is trusted', async () => {
    await configure(validating, 'v', webhook({ clientConfig: { url: `https://localhost:${hook.port}/review` } }));
    expect(await failure(create)).toBe(`500 InternalError: Internal error occurred: ${call}failed to call webhook: Post "https://localhost:${hook.port}/review?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority`);
    await server.client.delete(validating, names.pop()![1]);
    await configure(validating, 'w', webhook({ clientConfig: { url: `https://127.0.0.1:${hook.port}/review`, caBundle: hook.caBundle } }));
    expect(await failure(create)).toContain('tls: failed to verify certificate: x509: ');
  });

  test('where nobody listens', async () => {
    await configure(validating, 'v', webhook({ clientConfig: { url: 'https://localhost:1/', caBundle: hook.caBundle } }));
    expect(await failure(create)).toMatch(/failed to call webhook: Post "https:\/\/localhost:1\/\?timeout=10s": dial tcp (127\.0\.0\.1|\[?::1\]?):1: connect: connection refused$/);
  });

  test('in a dry run when it has side effects', async () => {
    // Validation keeps such a webhook out; older servers let it in.
    const { store } = server.api.registry;
    const object = { kind: 'ValidatingWebhookConfiguration', apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'old' }, webhooks: [webhook({ sideEffects: 'Some' })] };
    await store.create('admissionregistration.k8s.io/validatingwebhookconfigurations/old', () => object as never);
    names.push([validating, 'old']);
    expect(await failure(() => server.client.create(configMaps, configMap(), { dryRun: true }))).toBe('400 BadRequest: admission webhook "a.hook.test" does not support dry run');
    expect(hook.received).toEqual([]);
    await create();
    expect(hook.received.length).toBe(1);
  });
});

describe('match conditions', () => {
  const when = (expression: string, more: object = {}) => webhook({ matchConditions: [{ name: 'when', expression }], ...more });

  test('leave requests out', async () => {
    await configure(validating, 'v', when("object.metadata.name.startsWith('x') && request.userInfo.username != 'nobody'"));
    await configure(mutating, 'm', when("authorizer.group('').resource('configmaps').namespace(request.namespace).check('delete').allowed() && object.metadata.name.endsWith('y')"));
    await create();
    expect(hook.received).toEqual([]);
    await create(configMap({}, { name: 'xy' }));
    expect(hook.received.length).toBe(2);
  });

  test('that cannot be told refuse, or are ignored', async () => {
    await configure(validating, 'v', when('object.data.a == "1"'));
    expect(await failure(() => create(configMap({}, { name: 'bare' })))).toBe(
      `403 Forbidden: configmaps "bare" is forbidden: expression 'object.data.a == "1"' resulted in error: no such key: data`);
    await create(configMap({ data: { a: '2' } }));
    await server.client.delete(validating, 'v');
    await configure(mutating, 'v', when('object.data.a == "1"', { failurePolicy: 'Ignore' }));
    names.splice(0, 1);
    await create();
    expect(hook.received).toEqual([]);
  });

  test('are compiled when they are written', async () => {
    expect(await failure(() => configure(validating, 'v', when('object.metadata.name')))).toMatch(
      /webhooks\[0\].matchConditions\[0\].expression: Invalid value: "object.metadata.name": must evaluate to bool but got dyn$/);
  });
});

describe('a webhook behind a Service', () => {
  const byService = (port = 443) => webhook({ clientConfig: { service: { namespace: 'default', name: 'hook', path: '/review', port }, caBundle: hook.caBundle } });
  const slices: Resource = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true };

  test('is found through its endpoints', async () => {
    await configure(validating, 'v', byService());
    const address = `failed calling webhook "a.hook.test": failed to call webhook: Post "https://hook.default.svc:443/review?timeout=10s": `;
    expect(await failure(create)).toBe(`500 InternalError: Internal error occurred: ${address}service "hook" not found`);
    const service = await server.client.create(core('services'), { metadata: { name: 'hook', namespace: 'default' }, spec: { ports: [{ port: 443, targetPort: hook.port }] } } as unknown as KubeObject) as KubeObject & { spec: { clusterIP: string } };
    expect(await failure(create)).toBe(`500 InternalError: Internal error occurred: ${address}dial tcp ${service.spec.clusterIP}:443: connect: connection refused`);
    await server.client.create(slices, {
      metadata: { name: 'hook', namespace: 'default', labels: { 'kubernetes.io/service-name': 'hook' } }, addressType: 'IPv4',
      endpoints: [{ addresses: ['10.9.8.7'] }], ports: [{ name: '', port: hook.port, protocol: 'TCP' }],
    } as unknown as KubeObject);
    await create();
    await create();
    expect(hook.received.length).toBe(2);
  });

  test('has the port that is named', async () => {
    await configure(validating, 'v', byService(444));
    expect(await failure(create)).toMatch(/no service port 444 found for service "hook"$/);
  });
});

describeWithOracle('the real kubectl', () => {
  test('is told why it may not exec', async () => {
    await server.client.create(core('pods'), { metadata: { name: 'shell', namespace: 'default' }, spec: { nodeName: 'node', containers: [{ name: 'a', image: 'b' }], serviceAccountName: 'none' } } as unknown as KubeObject)
      .catch(async () => undefined);
    await configure(validating, 'v', webhook({ rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CONNECT'], resources: ['pods/exec'] }] }));
    hook.script = ({ review }) => answer(review, { allowed: false, status: { message: `no ${review.request.object.command.join(' ')} in ${review.request.name}` } });
    const { code, stderr } = await server.kubectl(['exec', 'shell', '--', 'ls', '-l']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Error from server: admission webhook "a.hook.test" denied the request: no ls -l in shell\n' });
    expect(hook.received[0]!.review.request).toMatchObject({ operation: 'CONNECT', subResource: 'exec', kind: { kind: 'PodExecOptions' }, resource: { resource: 'pods' }, object: { kind: 'PodExecOptions', container: 'a', stdout: true, command: ['ls', '-l'] }, options: null });
  });

  test('prints a refusal and a warning', async () => {
    await configure(validating, 'v', webhook());
    hook.script = ({ review }) => answer(review, { allowed: false, warnings: ['mind the gap'], status: { message: 'no maps', code: 403 } });
    expect(await server.kubectl(['create', 'configmap', 'printed'])).toEqual({
      code: 1, stdout: '', stderr: 'Warning: mind the gap\nerror: failed to create configmap: admission webhook "a.hook.test" denied the request: no maps\n',
    });
  });
});
