import { eventually } from '../../../support/cluster';
import { startServer, type TestServer } from '../support/server';

/** What strict decoding finds, for each way to write: after upstream's test/integration/apiserver/field_validation_test.go. */

jest.setTimeout(60_000);

let server: TestServer;
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const groups = { declared: 'declared.example.com', open: 'open.example.com' };
const widgets = (group: string) => `/apis/${group}/v1/widgets`;

beforeAll(async () => {
  server = await startServer();
  for (const [group, more] of [[groups.declared, {}], [groups.open, { 'x-kubernetes-preserve-unknown-fields': true }]] as const) {
    await post('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', JSON.stringify(definition(group, more)));
    await eventually(async () => (await server.ask(widgets(group))).code === 200);
  }
});
afterAll(() => server.close());

const text = { type: 'string' };
const integer = { type: 'integer', format: 'int32' };
const schema = (more: object) => ({
  type: 'object',
  properties: {
    spec: {
      type: 'object', ...more,
      properties: {
        known: text,
        embedded: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { metadata: { type: 'object' } } },
        ports: {
          type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
          items: { type: 'object', required: ['containerPort', 'protocol'], properties: { containerPort: integer, hostPort: integer, name: text, protocol: text } },
        },
      },
    },
  },
});
const definition = (group: string, more: object) => ({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `widgets.${group}` },
  spec: {
    group, scope: 'Cluster', names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema(more) } }],
  },
});

const type = { json: 'application/json', yaml: 'application/yaml', merge: 'application/merge-patch+json', smp: 'application/strategic-merge-patch+json', patch: 'application/json-patch+json', apply: 'application/apply-patch+yaml' };
const send = (method: string) => (path: string, body: string, contentType = type.json) => server.ask(path, { method, body, headers: { 'content-type': contentType } });
const [post, put, patch] = [send('POST'), send('PUT'), send('PATCH')];

type Answer = Awaited<ReturnType<TestServer['ask']>>;
const warningsOf = ({ headers }: Answer) =>
  [...String(headers.warning ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, warning]) => warning!.replace(/\\(.)/g, '$1'));

/** Sent four times: only `Strict` refuses, and warnings are the default. */
async function expectProblems(ask: (query: string) => Promise<Answer>, problems: string[], refusal = `strict decoding error: ${inOne(problems)}`) {
  const strict = await ask('fieldValidation=Strict');
  expect([strict.code, strict.json.message.slice(-refusal.length)]).toEqual([refusal.startsWith('error') ? 400 : expect.any(Number), refusal]);
  expect(strict.code).toBeGreaterThanOrEqual(400);
  for (const [query, expected] of [['fieldValidation=Ignore', []], ['fieldValidation=Warn', problems], ['', problems]] as const) {
    const answer = await ask(query);
    expect([query, answer.code < 300, warningsOf(answer)]).toEqual([query, true, expected]);
  }
}

/** Lines of go-yaml are one error. */
function inOne(problems: string[]): string {
  const lines = problems.filter((problem) => problem.startsWith('line'));
  const others = problems.filter((problem) => !problem.startsWith('line'));
  return [...(lines.length ? [`yaml: unmarshal errors:\n  ${lines.join('\n  ')}`] : []), ...others].join(', ');
}

let count = 0;
const fresh = () => `object-${++count}`;

const deployment = (name: string, metadata = '', spec = '', container = '') => `{"apiVersion": "apps/v1", "kind": "Deployment",
"metadata": {${metadata} "name": "${name}", "labels": {"app": "d"}},
"spec": {${spec}
"selector": {"matchLabels": {"app": "d"}}, "template": {"metadata": {"labels": {"app": "d"}}, "spec": {"containers": [{"name": "c",
"image": "nginx:1.27"${container}}]}}}}`;
const wrongDeployment = (name: string) => deployment(name, '"name": "first",',
  '"unknown1": "x", "unknownTwice": "a", "unknownTwice": "b", "paused": true, "paused": false,', ', "unknownNested": "x", "imagePullPolicy": "Always", "imagePullPolicy": "Never"')
  .replace('"labels"', '"unknownMeta": "x", "labels"');
const wrongDeploymentYaml = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: first
  name: ${name}
  unknownMeta: x
spec:
  unknown1: x
  unknownTwice: a
  unknownTwice: b
  paused: true
  paused: false
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec:
      containers:
      - name: c
        image: nginx:1.27
        unknownNested: x
        imagePullPolicy: Always
        imagePullPolicy: Never
`;
const inDocumentOrder = [
  'duplicate field "metadata.name"', 'unknown field "metadata.unknownMeta"', 'unknown field "spec.unknown1"', 'unknown field "spec.unknownTwice"',
  'duplicate field "spec.paused"', 'unknown field "spec.template.spec.containers[0].unknownNested"', 'duplicate field "spec.template.spec.containers[0].imagePullPolicy"',
];
const ofYaml = [
  'line 5: key "name" already set in map', 'line 10: key "unknownTwice" already set in map', 'line 12: key "paused" already set in map',
  'line 22: key "imagePullPolicy" already set in map', 'unknown field "metadata.unknownMeta"', 'unknown field "spec.template.spec.containers[0].unknownNested"',
  'unknown field "spec.unknown1"', 'unknown field "spec.unknownTwice"',
];

describe('kinds that are built in', () => {
  const made = async () => {
    const name = fresh();
    expect((await post(deployments, deployment(name))).code).toBe(201);
    return name;
  };

  test('create', async () => {
    await expectProblems((query) => post(`${deployments}?${query}`, wrongDeployment(fresh())), inDocumentOrder);
    await expectProblems((query) => post(`${deployments}?${query}`, wrongDeploymentYaml(fresh()), type.yaml), ofYaml);
  });

  test('update', async () => {
    const name = await made();
    await expectProblems((query) => put(`${deployments}/${name}?${query}`, wrongDeployment(name)), inDocumentOrder);
    await expectProblems((query) => put(`${deployments}/${name}?${query}`, wrongDeploymentYaml(name), type.yaml), ofYaml);
  });

  const spec = (container: string) => `{"spec": {"unknown1": "x", "unknownTwice": "a", "unknownTwice": "b", "paused": true, "paused": false,
    "template": {"spec": {"containers": [{"name": "c", ${container} "imagePullPolicy": "Always", "imagePullPolicy": "Never"}]}}}}`;
  const ofPatch = [
    'duplicate field "spec.unknownTwice"', 'duplicate field "spec.paused"', 'duplicate field "spec.template.spec.containers[0].imagePullPolicy"',
    'unknown field "spec.template.spec.containers[0].unknownNested"', 'unknown field "spec.unknown1"', 'unknown field "spec.unknownTwice"',
  ];

  test.each([['merge', type.merge], ['strategic merge', type.smp]])('%s patch', async (_name, contentType) => {
    const name = await made();
    await expectProblems((query) => patch(`${deployments}/${name}?${query}`, spec('"image": "nginx:1.27", "unknownNested": "x",'), contentType), ofPatch);
    const repeated = '{"spec": {"paused": true, "paused": false}}';
    await expectProblems((query) => patch(`${deployments}/${name}?${query}`, repeated, contentType), ['duplicate field "spec.paused"']);
  });

  test('JSON patch', async () => {
    const name = await made();
    const operations = `[{"op": "add", "path": "/spec/unknown1", "value": "x", "foo": "bar"}, {"op": "add", "path": "/spec/unknown2", "path": "/spec/unknown3", "value": "x"},
      {"op": "add", "path": "/spec/unknownTwice", "value": "a"}, {"op": "add", "path": "/spec/unknownTwice", "value": "b"},
      {"op": "add", "path": "/spec/template/spec/containers/0/unknownNested", "value": "x"}, {"op": "add", "path": "/spec/paused", "value": true}]`;
    await expectProblems((query) => patch(`${deployments}/${name}?${query}`, operations, type.patch), [
      'json patch unknown field "[0].foo"', 'json patch duplicate field "[1].path"', 'unknown field "spec.template.spec.containers[0].unknownNested"',
      'unknown field "spec.unknown1"', 'unknown field "spec.unknown3"', 'unknown field "spec.unknownTwice"',
    ]);
  });

  test('apply, which reads YAML whatever it looks like', async () => {
    const lines = ['line 3: key "paused" already set in map', 'line 5: key "imagePullPolicy" already set in map'];
    const refusal = `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${lines.join('\n  ')}`;
    const body = (name: string) => deployment(name, '', '"paused": false, "paused": true,', ', "imagePullPolicy": "Never", "imagePullPolicy": "Always"');
    const apply = (name: string, query: string) => patch(`${deployments}/${name}?fieldManager=mgr&${query}`, body(name), type.apply);
    await expectProblems((query) => apply(fresh(), query), lines, refusal);
    const name = await made();
    await expectProblems((query) => apply(name, `${query}&force=true`), lines, refusal);
  });
});

const widget = (group: string, name: string, metadata = '', known = '', port = '', embedded = '') => `{"apiVersion": "${group}/v1", "kind": "Widget",
"metadata": {${metadata} "name": "${name}"},
"spec": {${known} "known": "x",
"ports": [{"name": "p", "containerPort": 8080, "protocol": "TCP", ${port} "hostPort": 8082}],
"embedded": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m"${embedded}}}}}`;
const wrongWidget = (group: string, name: string) =>
  widget(group, name, '"name": "first", "unknownMeta": "x",', '"unknown1": "x", "unknownTwice": "a", "unknownTwice": "b", "known": "a",', '"hostPort": 8081, "unknownNested": "x",', ', "unknownEmbedded": "x"');
const wrongWidgetYaml = (group: string, name: string) => `apiVersion: ${group}/v1
kind: Widget
metadata:
  name: first
  name: ${name}
  unknownMeta: x
spec:
  unknown1: x
  unknownTwice: a
  unknownTwice: b
  known: a
  known: b
  ports:
  - containerPort: 8080
    protocol: TCP
    hostPort: 8081
    hostPort: 8082
    unknownNested: x
  embedded:
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: m, unknownEmbedded: x}
`;

describe.each([['a schema', groups.declared], ['a schema that keeps what it does not know', groups.open]])('custom resources with %s', (_title, group) => {
  const pruned = group === groups.declared ? ['unknown field "spec.unknown1"', 'unknown field "spec.unknownTwice"'] : [];
  const unknown = ['unknown field "metadata.unknownMeta"', 'unknown field "spec.ports[0].unknownNested"', ...pruned, 'unknown field "spec.embedded.metadata.unknownEmbedded"'];
  const ofJson = ['duplicate field "metadata.name"', 'duplicate field "spec.unknownTwice"', 'duplicate field "spec.known"', 'duplicate field "spec.ports[0].hostPort"', ...unknown];
  const lines = ['line 5: key "name" already set in map', 'line 10: key "unknownTwice" already set in map', 'line 12: key "known" already set in map', 'line 17: key "hostPort" already set in map', ...unknown];
  const made = async () => {
    const name = fresh();
    const { json } = await post(widgets(group), widget(group, name));
    return { name, version: `"resourceVersion": "${json.metadata.resourceVersion}",` };
  };

  test('create', async () => {
    await expectProblems((query) => post(`${widgets(group)}?${query}`, wrongWidget(group, fresh())), ofJson);
    await expectProblems((query) => post(`${widgets(group)}?${query}`, wrongWidgetYaml(group, fresh()), type.yaml), lines);
  });

  test('update', async () => {
    const { name } = await made();
    const current = async () => `"resourceVersion": "${(await server.ask(`${widgets(group)}/${name}`)).json.metadata.resourceVersion}",`;
    await expectProblems(async (query) => put(`${widgets(group)}/${name}?${query}`, wrongWidget(group, name).replace('"unknownMeta"', `${await current()} "unknownMeta"`)), ofJson);
  });

  test('merge patch', async () => {
    const { name } = await made();
    const body = '{"spec": {"unknown1": "x", "unknownTwice": "a", "unknownTwice": "b", "known": "a", "known": "b", "ports": [{"containerPort": 8080, "protocol": "TCP", "hostPort": 8081, "hostPort": 8082, "unknownNested": "x"}]}}';
    await expectProblems((query) => patch(`${widgets(group)}/${name}?${query}`, body, type.merge),
      ['duplicate field "spec.unknownTwice"', 'duplicate field "spec.known"', 'duplicate field "spec.ports[0].hostPort"', 'unknown field "spec.ports[0].unknownNested"', ...pruned]);
  });

  test('JSON patch', async () => {
    const { name } = await made();
    const body = '[{"op": "add", "path": "/spec/unknown1", "value": "x", "foo": "bar"}, {"op": "add", "path": "/spec/known", "path": "/spec/unknownTwice", "value": "x"}, {"op": "add", "path": "/spec/ports/0/unknownNested", "value": "x"}]';
    await expectProblems((query) => patch(`${widgets(group)}/${name}?${query}`, body, type.patch),
      ['json patch unknown field "[0].foo"', 'json patch duplicate field "[1].path"', 'unknown field "spec.ports[0].unknownNested"', ...pruned]);
  });

  test('apply', async () => {
    const repeated = ['line 3: key "known" already set in map', 'line 4: key "hostPort" already set in map'];
    const refusal = `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${repeated.join('\n  ')}`;
    const apply = (name: string, query: string) => patch(`${widgets(group)}/${name}?fieldManager=mgr&${query}`, widget(group, name, '', '"known": "a",', '"hostPort": 8081,'), type.apply);
    await expectProblems((query) => apply(fresh(), query), repeated, refusal);
  });
});
