// Does a bit of everything that the client offers, and prints what it saw as one JSON object.
import { PassThrough, Writable } from 'node:stream';
import {
  ApiextensionsV1Api, AppsV1Api, AuthorizationV1Api, CoreV1Api, CustomObjectsApi, Exec, KubeConfig, KubernetesObjectApi, Log, Metrics,
  PatchStrategy, PortForward, VersionApi, loadAllYaml, setHeaderOptions, topNodes,
} from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromDefault();
const namespace = 'default';
const [core, apps, custom] = [CoreV1Api, AppsV1Api, CustomObjectsApi].map((api) => config.makeApiClient(api));
const objects = KubernetesObjectApi.makeApiClient(config);
const seen = {};

const patient = async (check) => {
  for (let left = 300; ; left--) {
    const result = await check();
    if (result || !left) return result;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

seen.version = (await config.makeApiClient(VersionApi).getCode()).gitVersion.split('.').slice(0, 2).join('.');

// Typed objects, pages, patches, selectors, sub-resources.
for (const name of ['a', 'b', 'c']) await core.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels: { walk: 'true' } }, data: { value: name } } });
const page = await core.listNamespacedConfigMap({ namespace, labelSelector: 'walk=true', limit: 2 });
const rest = await core.listNamespacedConfigMap({ namespace, labelSelector: 'walk=true', limit: 2, _continue: page.metadata._continue });
seen.pages = [page, rest].map(({ items }) => items.map(({ metadata }) => metadata.name));
await core.patchNamespacedConfigMap({ name: 'a', namespace, body: [{ op: 'replace', path: '/data/value', value: 'patched' }] }, setHeaderOptions('Content-Type', PatchStrategy.JsonPatch));
await core.patchNamespacedConfigMap({ name: 'b', namespace, body: { data: { more: 'x' } } }, setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch));
seen.patched = [(await core.readNamespacedConfigMap({ name: 'a', namespace })).data, (await core.readNamespacedConfigMap({ name: 'b', namespace })).data];
seen.missing = await core.readNamespacedConfigMap({ name: 'none', namespace }).catch(({ code, body }) => ({ code, ...JSON.parse(body) }));
await core.deleteCollectionNamespacedConfigMap({ namespace, labelSelector: 'walk=true' });
seen.left = (await core.listNamespacedConfigMap({ namespace, labelSelector: 'walk=true' })).items.length;

// Any object, from YAML, applied on the server by two managers.
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'nginx:1.27', ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const apply = (object, manager, force) => objects.patch(object, undefined, undefined, manager, force, PatchStrategy.ServerSideApply);
const [deployment, service] = loadAllYaml(manifest);
for (const object of [deployment, service]) await apply(object, 'one');
const other = { ...deployment, spec: { ...deployment.spec, replicas: 3 } };
seen.conflict = await apply(other, 'two').catch(({ code, body }) => ({ code, message: JSON.parse(body).message }));
seen.forced = (await apply(other, 'two', true)).spec.replicas;
seen.dryRun = (await objects.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dry', namespace } }, undefined, 'All')).metadata.name;
seen.notThere = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dry', namespace } }).then(() => false, ({ code }) => code);
seen.available = await patient(async () => (await apps.readNamespacedDeploymentStatus({ name: 'web', namespace })).status.availableReplicas === 3);
await apps.replaceNamespacedDeploymentScale({ name: 'web', namespace, body: { ...await apps.readNamespacedDeploymentScale({ name: 'web', namespace }), spec: { replicas: 1 } } });
seen.scaled = await patient(async () => (await core.listNamespacedPod({ namespace, labelSelector: 'app=web' })).items.length === 1);

// Streams.
const [pod] = (await core.listNamespacedPod({ namespace, labelSelector: 'app=web' })).items;
const text = () => {
  const stream = new Writable({ write: (chunk, _encoding, done) => { stream.text += chunk; done(); } });
  return Object.assign(stream, { text: '' });
};
const output = text();
seen.exec = await new Promise((resolve, reject) => {
  new Exec(config).exec(namespace, pod.metadata.name, 'web', ['echo', 'hello'], output, null, null, false, resolve).catch(reject);
}).then(({ status }) => [status, output.text]);
const log = text();
await new Log(config).log(namespace, pod.metadata.name, 'web', log, { tailLines: 5 });
seen.log = await patient(() => log.text.length > 0);
const [answer, input] = [text(), new PassThrough()];
const socket = await new PortForward(config).portForward(namespace, pod.metadata.name, [80], answer, null, input);
input.write('GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
seen.forwarded = await patient(() => answer.text.startsWith('HTTP/1.1 200') && answer.text.includes('\r\n\r\n'));
socket.close();

// Custom resources, reviews, metrics.
const [group, version, plural] = ['walk.example.com', 'v1', 'steps'];
const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer', _default: 1 } } } } } };
await config.makeApiClient(ApiextensionsV1Api).createCustomResourceDefinition({ body: {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.${group}` },
  spec: { group, scope: 'Namespaced', names: { plural, singular: 'step', kind: 'Step' }, versions: [{ name: version, served: true, storage: true, schema }] },
} });
await patient(() => custom.listNamespacedCustomObject({ group, version, namespace, plural }).then(() => true, () => false));
const step = await custom.createNamespacedCustomObject({ group, version, namespace, plural, body: { apiVersion: `${group}/${version}`, kind: 'Step', metadata: { name: 's' }, spec: { size: 3, unknown: 1 } } });
seen.custom = step.spec;
seen.mayI = (await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({ body: { spec: { resourceAttributes: { verb: 'delete', resource: 'nodes' } } } })).status.allowed;
seen.metrics = await patient(async () => (await new Metrics(config).getNodeMetrics().catch(() => undefined))?.items.length > 0);
seen.top = (await topNodes(core)).map(({ Node: node }) => node.metadata.name);

for (const object of [deployment, service]) await objects.delete(object);
console.log(JSON.stringify(seen));
process.exit(0);
