import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { APIService } from '../../../../src/api/generated/apiregistration.v1';
import type { KubeObject } from '../../../../src/api/meta';
import type { Resource } from '../../../../src/client/client';
import { describeWithOracle } from '../../../support/oracle';
import { sampleGroup, sampleVersion, startSampleApiServer, type SampleApiServer } from '../../../support/sample-api-server';
import { scriptedAgent } from '../support/agent';
import { core, failure } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

const services: Resource = { group: 'apiregistration.k8s.io', version: 'v1', plural: 'apiservices', namespaced: false };
const flunders: Resource = { group: sampleGroup, version: sampleVersion, plural: 'flunders', namespaced: true };
const name = `${sampleVersion}.${sampleGroup}`;
const base = `/apis/${sampleGroup}/${sampleVersion}`;


let server: TestServer;
let sample: SampleApiServer;
beforeAll(async () => {
  server = await startServer([], scriptedAgent);
  sample = await startSampleApiServer({ frontProxyCa: server.pki.frontProxyCa.cert, dnsNames: ['sample-api.default.svc'] });
});
afterAll(() => Promise.all([server.close(), sample.close()]));

const until = async <T>(look: () => Promise<T | undefined | false>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const spec = () => ({
  group: sampleGroup, version: sampleVersion, groupPriorityMinimum: 2000, versionPriority: 200, caBundle: sample.caBundle,
  service: { namespace: 'default', name: 'sample-api', port: 7443 },
});
const condition = async () => (await server.client.get<APIService & KubeObject>(services, name)).status?.conditions?.[0];
const told = (reason: string) => until(async () => {
  const found = await condition();
  return found?.reason === reason && [found.status, found.message];
});

test('an APIService is available once everything on the way to its server is', async () => {
  const { client } = server;
  await client.create(services, { metadata: { name }, spec: spec() } as unknown as KubeObject);
  expect(await told('ServiceNotFound')).toEqual(['False', 'service/sample-api in "default" is not present']);
  expect((await server.ask(base)).text).toBe('service unavailable\n');
  await client.create(core('services'), { metadata: { name: 'sample-api', namespace: 'default' }, spec: { ports: [{ port: 7443, targetPort: sample.port }] } } as unknown as KubeObject);
  expect(await told('EndpointsNotFound')).toEqual(['False', 'cannot find endpoints for service/sample-api in "default"']);
  const metadata = { name: 'sample-api', namespace: 'default' };
  await client.create(core('endpoints'), { metadata, subsets: [] } as unknown as KubeObject);
  expect(await told('MissingEndpoints')).toEqual(['False', 'endpoints for service/sample-api in "default" have no addresses with port name ""']);
  await client.update(core('endpoints'), { metadata, subsets: [{ addresses: [{ ip: '10.9.8.7' }], ports: [{ port: sample.port }] }] } as unknown as KubeObject);
  const { clusterIP } = (await client.get<KubeObject & { spec: { clusterIP: string } }>(core('services'), 'sample-api', 'default')).spec;
  const url = `https://${clusterIP}:7443${base}`;
  expect(await told('FailedDiscoveryCheck')).toEqual(['False', `failing or missing response from ${url}: Get "${url}": dial tcp ${clusterIP}:7443: connect: connection refused`]);
  await client.create({ group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true }, {
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'sample-api' } }, addressType: 'IPv4', endpoints: [{ addresses: ['10.9.8.7'] }], ports: [{ name: '', port: sample.port, protocol: 'TCP' }],
  } as unknown as KubeObject);
  // Whatever wakes it.
  await client.patch(core('services'), 'sample-api', 'default', 'merge', { metadata: { labels: { ready: 'yes' } } });
  expect(await told('Passed')).toEqual(['True', 'all checks passed']);
});

test('requests are handed on with the user in headers that only the front proxy may send', async () => {
  sample.received.length = 0;
  await server.grant('User', 'jane', { apiGroups: [sampleGroup], resources: ['*'], verbs: ['*'] });
  const made = await server.ask(`${base}/namespaces/default/flunders?x=1`, {
    method: 'POST', body: JSON.stringify({ apiVersion: `${sampleGroup}/${sampleVersion}`, kind: 'Flunder', metadata: { name: 'a' } }),
    headers: { 'content-type': 'application/json', 'x-remote-user': 'somebody-else', authorization: 'Bearer something', 'impersonate-user': 'jane', 'impersonate-extra-a.b%2fc': 'd' },
  });
  expect(made).toMatchObject({ code: 201, json: { metadata: { name: 'a', namespace: 'default' } } });
  const [{ url, headers: passed }] = sample.received.filter(({ method }) => method === 'POST') as [SampleApiServer['received'][number]];
  expect(url).toBe(`${base}/namespaces/default/flunders?x=1`);
  expect(passed).toMatchObject({ 'x-remote-user': 'jane', 'x-remote-group': 'system:authenticated', 'x-remote-extra-a.b%2fc': 'd', 'audit-id': made.headers['audit-id'], 'content-type': 'application/json' });
  expect(passed).not.toHaveProperty('authorization');
  const { json: refused } = await server.ask(`${base}/namespaces/default/flunders`, { anonymous: true });
  expect(refused.reason).toBe('Forbidden');
});

test('discovery and openapi documents hold what the other server serves', async () => {
  const aggregated = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };
  const found = await until(async () => {
    const { json } = await server.ask('/apis', { headers: aggregated });
    const group = json.items.find(({ metadata }: { metadata: { name: string } }) => metadata.name === sampleGroup);
    return group?.versions[0].freshness === 'Current' && group;
  });
  expect(found.versions).toEqual([{
    version: sampleVersion, freshness: 'Current',
    resources: [{
      resource: 'flunders', responseKind: { group: sampleGroup, version: sampleVersion, kind: 'Flunder' }, scope: 'Namespaced', singularResource: 'flunder', shortNames: ['fl'],
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'update', 'watch'],
      subresources: [{ subresource: 'echo', responseKind: { group: sampleGroup, version: sampleVersion, kind: 'Flunder' }, verbs: ['get'] }],
    }],
  }]);
  const groups = (await server.ask('/apis')).json.groups.map((group: { name: string }) => group.name) as string[];
  expect(groups[0]).toBe('apiregistration.k8s.io');
  expect(groups.indexOf(sampleGroup)).toBeGreaterThan(groups.indexOf('discovery.k8s.io'));
  expect(groups.indexOf(sampleGroup)).toBeLessThan(groups.indexOf('metrics.k8s.io'));
  expect((await server.ask(`/apis/${sampleGroup}`)).json).toMatchObject({ kind: 'APIGroup', name: sampleGroup, preferredVersion: { version: sampleVersion } });
  expect((await server.ask(base)).json).toMatchObject({ kind: 'APIResourceList', resources: [{ name: 'flunders' }, { name: 'flunders/echo' }] });
  expect((await server.ask('/openapi/v3')).json.paths[base.slice(1)]).toEqual({ serverRelativeURL: `/openapi/v3${base}?hash=1` });
  expect((await server.ask(`/openapi/v3${base}?hash=1`)).json.components.schemas).toHaveProperty(['com.example.wardle.v1alpha1.Flunder']);
  const { json: v2 } = await server.ask('/openapi/v2');
  expect(v2.definitions['com.example.wardle.v1alpha1.Flunder'].description).toBe('A Flunder is a toy.');
  expect(v2.definitions['io.k8s.apimachinery.pkg.apis.meta.v1.Status_v2'].description).toBe('Another one.');
  expect(v2.paths[`${base}/flunders`].get.responses[500].schema).toEqual({ $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Status_v2' });
  expect(v2.paths).not.toHaveProperty('/healthz/');
});

test('watches and upgrades go through', async () => {
  const watch = open(`${base}/flunders?watch=1`);
  const events = watch.then(async (response) => {
    for await (const chunk of response) return JSON.parse(String(chunk)) as unknown;
    return undefined;
  });
  await watch;
  await server.ask(`${base}/namespaces/default/flunders`, { method: 'POST', body: JSON.stringify({ kind: 'Flunder', metadata: { name: 'watched' } }), headers: { 'content-type': 'application/json' } });
  expect(await events).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'watched' } } });
  const socket = await new Promise<Duplex>((resolve, reject) => {
    const request = httpsRequest({ ...address(), path: `${base}/namespaces/default/flunders/a/echo`, headers: { connection: 'Upgrade', upgrade: 'echo' } });
    request.once('upgrade', (_response, stream) => resolve(stream));
    request.once('error', reject);
    request.end();
  });
  const heard = new Promise((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
  socket.write('hello');
  expect(await heard).toBe('hello');
  socket.destroy();
  expect(sample.received.at(-1)!.headers).toMatchObject({ upgrade: 'echo', 'x-remote-user': 'kubernetes-admin', 'x-remote-group': 'system:masters, system:authenticated' });
});

const address = () => ({ host: '127.0.0.1', port: server.port, ca: server.pki.ca.cert, cert: server.pki.admin.cert, key: server.pki.admin.key, agent: false as const });
const open = (path: string) => new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
  httpsRequest({ ...address(), path }, resolve).once('error', reject).end();
});

test('what a namespace holds elsewhere is deleted with it', async () => {
  expect((await server.ask(`${base}/namespaces/default/flunders`)).json.items).toHaveLength(2);
  expect(await server.api.foreign.empty('default')).toEqual({ remaining: [], failures: [], unknown: [] });
  expect((await server.ask(`${base}/namespaces/default/flunders`)).json.items).toEqual([]);
  expect(sample.received.find(({ method }) => method === 'DELETE')).toMatchObject({ url: `${base}/namespaces/default/flunders`, headers: { 'x-remote-user': 'system:serviceaccount:kube-system:namespace-controller' } });
  const nowhere = { group: 'nowhere.test', version: 'v1', groupPriorityMinimum: 10, versionPriority: 10, insecureSkipTLSVerify: true, service: { namespace: 'default', name: 'nowhere' } };
  await server.client.create(services, { metadata: { name: 'v1.nowhere.test' }, spec: nowhere } as unknown as KubeObject);
  expect((await server.api.foreign.empty('default')).unknown).toEqual(['nowhere.test/v1']);
  await server.client.delete(services, 'v1.nowhere.test');
});

test('what this server serves itself is registered, and comes and goes with custom resources', async () => {
  const { client } = server;
  const apps = await client.get<APIService & KubeObject>(services, 'v1.apps');
  expect(apps).toMatchObject({
    metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } }, spec: { group: 'apps', version: 'v1', groupPriorityMinimum: 17800, versionPriority: 15 },
    status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local', message: 'Local APIServices are always available' }] },
  });
  expect(await failure(() => client.get(services, 'v1.apiregistration.k8s.io'))).toMatch(/^404/);
  expect(await client.get(services, 'v1.')).toMatchObject({ spec: { version: 'v1', groupPriorityMinimum: 18000, versionPriority: 1 } });
  const definitions: Resource = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', namespaced: false };
  await client.create(definitions, {
    metadata: { name: 'toys.example.com' },
    spec: { group: 'example.com', scope: 'Cluster', names: { plural: 'toys', kind: 'Toy' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }] },
  } as unknown as KubeObject);
  const made = await until(() => client.get<APIService & KubeObject>(services, 'v1.example.com').catch(() => undefined));
  expect(made).toMatchObject({ metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'true' } }, spec: { groupPriorityMinimum: 1000, versionPriority: 100 } });
  await client.delete(services, 'v1.example.com');
  await until(() => client.get(services, 'v1.example.com').catch(() => undefined));
  await client.delete(definitions, 'toys.example.com');
  await until(async () => (await failure(() => client.get(services, 'v1.example.com')))?.startsWith('404'));
});

test('an APIService is checked', async () => {
  const create = (change: object) => failure(() => server.client.create(services, { metadata: { name: 'v9.nowhere.test' }, spec: { ...spec(), group: 'nowhere.test', version: 'v9', ...change } } as unknown as KubeObject));
  expect(await create({ version: 'v8' })).toMatch(/metadata.name: Invalid value: "v9.nowhere.test": must be `spec.version\+"."\+spec.group`: "v8.nowhere.test"$/);
  expect(await create({ groupPriorityMinimum: 0, versionPriority: 1001 })).toMatch(/\[spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000, spec.versionPriority: Invalid value: 1001: must be positive and less than 1000\]$/);
  expect(await create({ service: { namespace: '', name: '', port: 0 }, insecureSkipTLSVerify: true })).toMatch(
    /\[spec.service.namespace: Required value, spec.service.name: Required value, spec.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive, spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present\]$/);
  expect(await create({ service: null })).toMatch(/spec.caBundle: Invalid value: "\d+ bytes": local APIServices may not have a caBundle$/);
});

describeWithOracle('the real kubectl', () => {
  test('works with what the other server serves', async () => {
    const { stdout } = await server.kubectl(['get', 'apiservices', name, 'v1.apps']);
    expect(stdout.replace(/\d+s\b/g, '0s').split('\n')).toEqual([
      'NAME                          SERVICE              AVAILABLE   AGE', 'v1alpha1.wardle.example.com   default/sample-api   True        0s',
      'v1.apps                       Local                True        0s', '',
    ]);
    expect(await server.kubectl(['create', '--validate=false', '-f', '-'], JSON.stringify({ apiVersion: `${sampleGroup}/${sampleVersion}`, kind: 'Flunder', metadata: { name: 'by-kubectl' } })))
      .toMatchObject({ code: 0, stdout: 'flunder.wardle.example.com/by-kubectl created\n' });
    expect((await server.kubectl(['get', 'fl', 'by-kubectl', '-o', 'name'])).stdout).toBe('flunder.wardle.example.com/by-kubectl\n');
    expect((await server.kubectl(['explain', 'flunders'])).stdout).toContain('A Flunder is a toy.');
    expect((await server.kubectl(['api-resources', '--api-group', sampleGroup])).stdout).toContain('flunders');
  });

  test('is told of a server that is gone', async () => {
    await server.client.delete(services, name);
    expect((await server.client.list(flunders).catch((error: Error) => error.message))).toMatch(/could not find the requested resource/);
    expect((await server.ask(base)).code).toBe(404);
  });
});
