import type { MutatingWebhook, MutatingWebhookConfiguration, RuleWithOperations, ValidatingWebhook, ValidatingWebhookConfiguration } from '../../../src/api/generated/admissionregistration.v1';
import type { ConfigMap } from '../../../src/api/generated/core.v1';
import type { Unstructured } from '../../../src/api/meta';
import { answer, patchAnswer, startWebhookServer, type ReceivedRequest, type Script } from '../../cluster/apiserver/support/webhook-server';
import { refusal } from '../support/api';
import { define, type Schema } from '../support/definitions';
import { discovers } from '../support/discovery';
import { images, podOf, podReady, shell, untilTold } from '../support/pods';
import { configMaps, customResourceDefinitions, of, pods } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] ${name}`;
const validating = of<ValidatingWebhookConfiguration>('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', false);
const mutating = of<MutatingWebhookConfiguration>('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', false);

type Webhook = ValidatingWebhook & MutatingWebhook;
type Operation = NonNullable<RuleWithOperations['operations']>[number];

/** A server that answers as told, and a webhook for it that sees nothing but the row's namespace. */
async function hook(t: RowContext, script: Script, rules: RuleWithOperations[], more: Partial<Webhook> = {}): Promise<Webhook> {
  const { port, caBundle, close } = await startWebhookServer(['localhost'], script);
  t.cleanup(close);
  return {
    name: `${t.unique('hook')}.example.com`, rules, clientConfig: { url: `https://localhost:${port}/review`, caBundle }, sideEffects: 'None', admissionReviewVersions: ['v1'],
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': t.namespace } }, ...more,
  } as Webhook;
}

async function validate(t: RowContext, webhooks: Webhook[], labels: Record<string, string> = {}): Promise<string> {
  const name = t.unique('row');
  t.cleanup(() => t.api(validating).delete(name));
  await t.api(validating).create({ metadata: { name, labels }, webhooks });
  return name;
}

async function mutate(t: RowContext, webhooks: Webhook[], labels: Record<string, string> = {}): Promise<string> {
  const name = t.unique('row');
  t.cleanup(() => t.api(mutating).delete(name));
  await t.api(mutating).create({ metadata: { name, labels }, webhooks });
  return name;
}

const rule = (operations: Operation[], resources: string[], apiGroups = [''], apiVersions = ['v1']): RuleWithOperations => ({ operations, apiGroups, apiVersions, resources });
const creates = (...resources: string[]) => [rule(['CREATE'], resources)];

const denial = (reason: string, code = 400) => ({ allowed: false, status: { message: reason, code } });
const unwanted: Script = ({ review }) => {
  const { object } = review.request as { object: ConfigMap & { spec?: { containers?: { image?: string }[] } } };
  const isUnwanted = object.data?.['webhook-e2e-test'] === 'webhook-disallow' || object.spec?.containers?.some(({ image }) => image === 'unwanted');
  return answer(review, isUnwanted ? denial('the object holds unwanted data') : {});
};
const mapWith = (name: string, data: Record<string, string>) => ({ metadata: { name }, data });
const unwantedMap = (name: string) => mapWith(name, { 'webhook-e2e-test': 'webhook-disallow' });
const isDenied = async (request: Promise<unknown>) => expect((await refusal(request)).message).toMatch(/^admission webhook "hook-\w+\.example\.com" denied the request: the object holds unwanted data$/);

row(label('should include webhook resources in discovery documents'), (t) =>
  discovers(t, 'admissionregistration.k8s.io', 'v1', ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']));

row(label('should be able to deny pod and configmap creation'), async (t) => {
  const rules = [rule(['CREATE', 'UPDATE'], ['pods', 'configmaps'])];
  const ignored = { answer: 'never' };
  await validate(t, [
    await hook(t, unwanted, rules, { timeoutSeconds: 30 }),
    await hook(t, () => undefined, rules, { timeoutSeconds: 1, objectSelector: { matchLabels: ignored } }),
  ]);
  await isDenied(t.api(pods).create(podOf('pod', [{ name: 'main', image: 'unwanted' }])));
  const unanswered = podOf('never-answered', [shell('main', 'true')], {}, ignored);
  expect((await refusal(t.api(pods).create(unanswered))).message).toMatch(/failed calling webhook .*(deadline exceeded|timeout)/);
  expect(await t.api(pods).find('never-answered')).toBeUndefined();
  await isDenied(t.api(configMaps).create(unwantedMap('map')));
  await t.api(configMaps).create(mapWith('allowed', { admit: 'this' }));
  await isDenied(t.api(configMaps).change('allowed', (map) => { map.data = { 'webhook-e2e-test': 'webhook-disallow' }; }));
  await isDenied(t.api(configMaps).patch('allowed', 'merge', { data: { 'webhook-e2e-test': 'webhook-disallow' } }));
  // A namespace that the selector leaves out is not looked at.
  await t.api(configMaps, await t.makeNamespace()).create(unwantedMap('map'));
});

row(label('should be able to deny attaching pod'), async (t) => {
  await validate(t, [await hook(t, ({ review }) => answer(review, denial('attaching to pod is not allowed', 403)), [rule(['CONNECT'], ['pods/attach'])])]);
  await t.api(pods).create(podOf('pod', [shell('main', untilTold)]));
  await podReady(t, 'pod');
  const { code, stderr } = await t.kubectlOutcome(['attach', 'pod']);
  expect(code).toBe(1);
  expect(stderr).toContain('attaching to pod is not allowed');
});

const deniesMarked: Script = ({ review: { request, ...review } }) => {
  const { object, oldObject, operation } = request as { object: ConfigMap | null; oldObject: ConfigMap | null; operation: Operation };
  const marked = (operation === 'DELETE' ? oldObject : object)?.data?.['webhook-e2e-test'];
  return answer({ request, ...review }, marked === 'webhook-disallow' || (operation === 'DELETE' && marked === 'webhook-nondeletable') ? denial('the object holds unwanted data') : {});
};

interface Custom extends Unstructured { data?: Record<string, string> }

row(label('should be able to deny custom resource creation, update and deletion'), async (t) => {
  const { resources: [resource] } = await define(t, { namespaced: true });
  const { group, plural } = resource!;
  await validate(t, [await hook(t, deniesMarked, [rule(['CREATE', 'UPDATE', 'DELETE'], [plural], [group])])]);
  const api = t.api<Custom>(resource!);
  await isDenied(api.create({ ...unwantedMap('denied') }));
  await api.create(mapWith('one', { 'webhook-e2e-test': 'webhook-nondeletable' }));
  await isDenied(api.patch('one', 'merge', { data: { 'webhook-e2e-test': 'webhook-disallow' } }));
  await isDenied(api.delete('one'));
  await api.patch('one', 'merge', { data: { 'webhook-e2e-test': null } });
  await api.delete('one');
});

row(label('should unconditionally reject operations on fail closed webhook'), async (t) => {
  const broken = { ...await hook(t, () => undefined, creates('configmaps')), failurePolicy: 'Fail' as const };
  broken.clientConfig = { url: 'https://localhost:1/nobody' };
  await validate(t, [broken]);
  const { code, message } = await refusal(t.api(configMaps).create(mapWith('map', {})));
  expect([code, message]).toEqual([500, expect.stringMatching(/^Internal error occurred: failed calling webhook "hook-\w+\.example\.com": failed to call webhook: /)]);
});

/** Adds a key in a first and a second stage, the second only when the first was there. */
const adds = (stage: number): Script => ({ review }) => {
  const { data = {} } = review.request.object as ConfigMap;
  const before = stage === 1 ? 'mutation-start' : `mutation-stage-${stage - 1}`;
  return data[before] === 'yes' ? patchAnswer(review, [{ op: 'add', path: `/data/mutation-stage-${stage}`, value: 'yes' }]) : answer(review, {});
};

row(label('should mutate configmap'), async (t) => {
  await mutate(t, [await hook(t, adds(1), creates('configmaps')), await hook(t, adds(2), creates('configmaps'))]);
  const { data } = await t.api(configMaps).create(mapWith('map', { 'mutation-start': 'yes' }));
  expect(data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes', 'mutation-stage-2': 'yes' });
});

row(label('should mutate pod and apply defaults after mutation'), async (t) => {
  const initContainers = [{ name: 'added', image: images.busybox, resources: {} }];
  await mutate(t, [await hook(t, ({ review }) => patchAnswer(review, [{ op: 'add', path: '/spec/initContainers', value: initContainers }]), creates('pods'))]);
  const pod = await t.api(pods).create(podOf('pod', [shell('main', 'true')]));
  expect(pod.spec!.initContainers).toMatchObject([{ name: 'added', terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }]);
});

row(label('should not be able to mutate or prevent deletion of webhook configuration objects'), async (t) => {
  const all = [rule(['*'], ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], ['admissionregistration.k8s.io'], ['*'])];
  const objectSelector = { matchLabels: { guarded: t.namespace } };
  const seen: ReceivedRequest[] = [];
  const watching = (script: Script): Script => (request) => {
    seen.push(request);
    return script(request);
  };
  const any = { namespaceSelector: {}, objectSelector };
  await validate(t, [await hook(t, watching(({ review }) => answer(review, denial('never'))), all, any)]);
  await mutate(t, [await hook(t, watching(({ review }) => patchAnswer(review, [{ op: 'add', path: '/metadata/labels/added', value: 'yes' }])), all, any)]);
  const labels = { guarded: t.namespace };
  for (const make of [validate, mutate]) {
    const name = await make(t, [await hook(t, () => undefined, creates('nothing-such'))], labels);
    const api = t.api(make === validate ? validating : mutating);
    expect((await api.get(name)).metadata.labels).toEqual(labels);
    await api.delete(name);
  }
  expect(seen).toEqual([]);
});

const custom = (versions: Record<string, Schema>) => ({ versions, namespaced: true });
const openData: Schema = { type: 'object', properties: { data: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } };

async function mutateCustom(t: RowContext, plural: string, group: string): Promise<void> {
  const rules = [rule(['CREATE', 'UPDATE'], [plural], [group])];
  await mutate(t, [await hook(t, adds(1), rules), await hook(t, adds(2), rules)]);
}

row(label('should mutate custom resource'), async (t) => {
  const { resources: [resource] } = await define(t, custom({ v1: openData }));
  await mutateCustom(t, resource!.plural, resource!.group);
  const made = await t.api<Custom>(resource!).create(mapWith('one', { 'mutation-start': 'yes' }));
  expect(made.data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes', 'mutation-stage-2': 'yes' });
});

row(label('should mutate custom resource with pruning'), async (t) => {
  const text = { type: 'string' };
  const known: Schema = { type: 'object', properties: { data: { type: 'object', properties: { 'mutation-start': text, 'mutation-stage-1': text } } } };
  const { resources: [resource] } = await define(t, custom({ v1: known }));
  await mutateCustom(t, resource!.plural, resource!.group);
  const made = await t.api<Custom>(resource!).create(mapWith('one', { 'mutation-start': 'yes' }));
  expect(made.data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes' });
});

row(label('should mutate custom resource with different stored version'), async (t) => {
  const { name, resources: [v1, v2] } = await define(t, custom({ v1: openData, v2: openData }));
  await mutateCustom(t, v1!.plural, v1!.group);
  await t.api<Custom>(v1!).create(mapWith('one', { 'mutation-start': 'yes' }));
  await t.api(customResourceDefinitions).patch(name, 'json', [{ op: 'replace', path: '/spec/versions/0/storage', value: false }, { op: 'replace', path: '/spec/versions/1/storage', value: true }]);
  await t.eventually(async () => (await t.api<Custom>(v2!).patch('one', 'merge', { metadata: { labels: { touched: 'yes' } } })).metadata.labels);
  const patched = await t.api<Custom>(v1!).patch('one', 'merge', { data: { dummy: 'test' } });
  expect(patched.data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes', 'mutation-stage-2': 'yes', dummy: 'test' });
});

row(label('should deny crd creation'), async (t) => {
  const labels = { deny: t.namespace };
  const rules = [rule(['CREATE'], ['customresourcedefinitions'], ['apiextensions.k8s.io'], ['*'])];
  const script: Script = ({ review }) => answer(review, denial('the object holds unwanted data'));
  await validate(t, [await hook(t, script, rules, { namespaceSelector: {}, objectSelector: { matchLabels: labels } })]);
  const plural = t.unique('denied').replace('-', '');
  await isDenied(t.api(customResourceDefinitions).create({
    metadata: { name: `${plural}.example.com`, labels },
    spec: { group: 'example.com', scope: 'Cluster', names: { plural, kind: plural }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: openData } }] },
  }));
});

row(label('should honor timeout'), async (t) => {
  // It answers nobody: whoever gets an answer has not waited.
  const slow = (more: Partial<Webhook>) => hook(t, () => undefined, creates('configmaps'), more);
  const failing = await validate(t, [await slow({ timeoutSeconds: 1, failurePolicy: 'Fail' })]);
  expect((await refusal(t.api(configMaps).create(mapWith('map', {})))).message).toMatch(/\?timeout=1s": context deadline exceeded/);
  await t.api(validating).delete(failing);
  const ignoring = await validate(t, [await slow({ timeoutSeconds: 1, failurePolicy: 'Ignore' })]);
  await t.api(configMaps).create(mapWith('ignored', {}));
  await t.api(validating).delete(ignoring);
  for (const timeoutSeconds of [10, undefined]) {
    const patient = await validate(t, [await hook(t, ({ review }) => answer(review, {}), creates('configmaps'), { ...(timeoutSeconds && { timeoutSeconds }) })]);
    expect((await t.api(validating).get(patient)).webhooks![0]!.timeoutSeconds).toBe(10);
    await t.api(configMaps).create(mapWith(`patient-${timeoutSeconds ?? 'default'}`, {}));
    await t.api(validating).delete(patient);
  }
});

row(label('patching/updating a validating webhook should work'), async (t) => {
  const name = await validate(t, [await hook(t, unwanted, creates('configmaps'))]);
  await isDenied(t.api(configMaps).create(unwantedMap('map')));
  await t.api(validating).change(name, ({ webhooks }) => { webhooks![0]!.rules![0]!.operations = ['UPDATE']; });
  await t.eventually(() => t.api(configMaps).create(unwantedMap(t.unique('map'))));
  await t.api(validating).patch(name, 'json', [{ op: 'replace', path: '/webhooks/0/rules/0/operations', value: ['CREATE'] }]);
  await t.eventually(async () => (await refusal(t.api(configMaps).create(unwantedMap(t.unique('map'))))).message?.includes('denied'));
});

row(label('patching/updating a mutating webhook should work'), async (t) => {
  const name = await mutate(t, [await hook(t, adds(1), creates('configmaps'))]);
  const stage = async () => (await t.api(configMaps).create(mapWith(t.unique('map'), { 'mutation-start': 'yes' }))).data!['mutation-stage-1'];
  expect(await stage()).toBe('yes');
  await t.api(mutating).change(name, ({ webhooks }) => { webhooks![0]!.rules![0]!.operations = ['UPDATE']; });
  await t.eventually(async () => (await stage()) === undefined);
  await t.api(mutating).patch(name, 'json', [{ op: 'replace', path: '/webhooks/0/rules/0/operations', value: ['CREATE'] }]);
  await t.eventually(async () => (await stage()) === 'yes');
});

row(label('listing validating webhooks should work'), async (t) => {
  const mine = { labelSelector: `list=${t.namespace}` };
  for (let number = 0; number < 5; number++) await validate(t, [await hook(t, unwanted, creates('configmaps'))], { list: t.namespace });
  expect((await t.api(validating).list(mine)).items).toHaveLength(5);
  await isDenied(t.api(configMaps).create(unwantedMap('map')));
  await t.api(validating).deleteCollection(mine);
  await t.eventually(() => t.api(configMaps).create(unwantedMap(t.unique('map'))));
});

row(label('listing mutating webhooks should work'), async (t) => {
  const mine = { labelSelector: `list=${t.namespace}` };
  for (let number = 0; number < 5; number++) await mutate(t, [await hook(t, adds(1), creates('configmaps'))], { list: t.namespace });
  expect((await t.api(mutating).list(mine)).items).toHaveLength(5);
  const stage = async () => (await t.api(configMaps).create(mapWith(t.unique('map'), { 'mutation-start': 'yes' }))).data!['mutation-stage-1'];
  expect(await stage()).toBe('yes');
  await t.api(mutating).deleteCollection(mine);
  await t.eventually(async () => (await stage()) === undefined);
});
