import type { Service } from '../../../src/api/generated/core.v1';
import { refusal } from '../support/api';
import { endpoints, nodes, services } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';
import { allAnswer, askingFromHost, askingHttp, askingPod, hostnameServer, makeService, onlyAnswers, serverPod, type ServiceSpec } from '../support/serving';

const label = (name: string) => `[sig-network] Services should ${name}`;
const selector = { app: 'served' };
const http = { name: 'http', port: 80, targetPort: 9376, protocol: 'TCP' as const };

rowOnDocker(label('provide secure master service'), async (t) => {
  const { spec } = await t.api(services, 'default').get('kubernetes');
  expect(spec!.ports).toContainEqual(expect.objectContaining({ name: 'https', port: 443 }));
});

/** `pod:port` of all endpoints. */
const endpointsAre = (t: RowContext, name: string, expected: Record<string, number[]>) => t.eventually(async () => {
  const { subsets = [] } = await t.api(endpoints).get(name);
  const found: Record<string, number[]> = {};
  for (const { addresses = [], ports = [] } of subsets) {
    for (const { targetRef } of addresses) found[targetRef!.name!] = [...(found[targetRef!.name!] ?? []), ...ports.map(({ port }) => port)].sort();
  }
  expect(found).toEqual(expected);
  return true;
});

rowOnDocker(label('serve a basic endpoint from pods'), async (t) => {
  const { spec } = await makeService(t, 'basic', { selector, ports: [http] });
  await endpointsAre(t, 'basic', {});
  const from = await askingPod(t);
  await serverPod(t, 'pod1', selector, [hostnameServer(9376)]);
  await endpointsAre(t, 'basic', { pod1: [9376] });
  await allAnswer(t, askingHttp(t, from, spec!.clusterIP!, 80), ['pod1']);
  await serverPod(t, 'pod2', selector, [hostnameServer(9376)]);
  await endpointsAre(t, 'basic', { pod1: [9376], pod2: [9376] });
  await allAnswer(t, askingHttp(t, from, spec!.clusterIP!, 80), ['pod1', 'pod2']);
  await t.kubectl(['delete', 'pod', 'pod1', '--grace-period=0', '--force']);
  await endpointsAre(t, 'basic', { pod2: [9376] });
  await onlyAnswers(t, askingHttp(t, from, spec!.clusterIP!, 80), 'pod2');
  await t.kubectl(['delete', 'pod', 'pod2', '--grace-period=0', '--force']);
  await endpointsAre(t, 'basic', {});
});

rowOnDocker(label('serve multiport endpoints from pods'), async (t) => {
  const { spec } = await makeService(t, 'multi', { selector, ports: [{ name: 'portname1', port: 80, targetPort: 100 }, { name: 'portname2', port: 81, targetPort: 101 }] });
  const from = await askingPod(t);
  const container = { ...hostnameServer(100), ports: [{ containerPort: 100 }, { containerPort: 101 }] };
  await serverPod(t, 'pod1', selector, [container, hostnameServer(101, 'second')]);
  await endpointsAre(t, 'multi', { pod1: [100, 101] });
  for (const port of [80, 81]) await allAnswer(t, askingHttp(t, from, spec!.clusterIP!, port), ['pod1']);
});

const nodeAddresses = async (t: RowContext) =>
  (await t.api(nodes).list()).items.map(({ status }) => status!.addresses!.find(({ type }) => type === 'InternalIP')!.address);

async function twoServers(t: RowContext): Promise<string[]> {
  const names = ['pod1', 'pod2'];
  await Promise.all(names.map((name) => serverPod(t, name, selector, [hostnameServer(9376)])));
  return names;
}

/** From a pod by name, by cluster IP and by each node's port; from this machine by its own. */
async function isReachable(t: RowContext, from: string, { metadata: { name }, spec }: Service, names: string[]): Promise<void> {
  const { port, nodePort } = spec!.ports![0]!;
  await allAnswer(t, askingHttp(t, from, name, port), names);
  await allAnswer(t, askingHttp(t, from, spec!.clusterIP!, port), names);
  if (!nodePort) return;
  for (const address of await nodeAddresses(t)) await allAnswer(t, askingHttp(t, from, address, nodePort), names);
  await allAnswer(t, askingFromHost(nodePort), names);
}

rowOnDocker(label('be able to create a functioning NodePort service'), async (t) => {
  const service = await makeService(t, 'node-port', { type: 'NodePort', selector, ports: [http] });
  expect(service.spec!.ports![0]!.nodePort).toBeGreaterThanOrEqual(30_000);
  await isReachable(t, await askingPod(t), service, await twoServers(t));
});

const become = (t: RowContext, name: string, spec: Partial<ServiceSpec>) => t.api(services).change(name, (service) => { service.spec = { ...service.spec!, ...spec }; });

rowOnDocker(label('be able to change the type from ExternalName to ClusterIP'), async (t) => {
  await makeService(t, 'changing', { type: 'ExternalName', externalName: 'foo.example.com' });
  const service = await become(t, 'changing', { type: 'ClusterIP', externalName: undefined, selector, ports: [http] });
  await isReachable(t, await askingPod(t), service, await twoServers(t));
});

rowOnDocker(label('be able to change the type from ExternalName to NodePort'), async (t) => {
  await makeService(t, 'changing', { type: 'ExternalName', externalName: 'foo.example.com' });
  const service = await become(t, 'changing', { type: 'NodePort', externalName: undefined, selector, ports: [http] });
  await isReachable(t, await askingPod(t), service, await twoServers(t));
});

/** To another Service's name in the cluster, which then answers. */
async function becomesExternal(t: RowContext, type: 'ClusterIP' | 'NodePort'): Promise<void> {
  const other = await makeService(t, 'target', { selector, ports: [http] });
  const from = await askingPod(t);
  const names = await twoServers(t);
  await makeService(t, 'changing', { type, selector: { app: 'nothing' }, ports: [http] });
  await t.api(services).change('changing', (service) => {
    const { selector: same, sessionAffinity } = service.spec!;
    service.spec = { type: 'ExternalName', externalName: `target.${t.namespace}.svc.cluster.local`, selector: same, sessionAffinity } as ServiceSpec;
  });
  const { spec } = await t.api(services).get('changing');
  expect([spec!.clusterIP, spec!.ports?.[0]?.nodePort]).toEqual([undefined, undefined]);
  await allAnswer(t, askingHttp(t, from, 'changing', 80), names);
  await isReachable(t, from, other, names);
}

rowOnDocker(label('be able to change the type from ClusterIP to ExternalName'), (t) => becomesExternal(t, 'ClusterIP'));
rowOnDocker(label('be able to change the type from NodePort to ExternalName'), (t) => becomesExternal(t, 'NodePort'));

async function affinity(t: RowContext, type: 'ClusterIP' | 'NodePort', switching: boolean): Promise<void> {
  const service = await makeService(t, 'sticky', { type, selector, ports: [http], sessionAffinity: switching ? 'None' : 'ClientIP' });
  const [from, names] = [await askingPod(t), await twoServers(t)];
  const { port, nodePort } = service.spec!.ports![0]!;
  const address = type === 'NodePort' ? (await nodeAddresses(t))[0]! : service.spec!.clusterIP!;
  const ask = askingHttp(t, from, address, type === 'NodePort' ? nodePort! : port);
  const sticks = () => t.eventually(async () => {
    const heard = await ask(10);
    return heard[0] !== '' && heard.every((name) => name === heard[0]);
  });
  if (switching) {
    await allAnswer(t, ask, names);
    await become(t, 'sticky', { sessionAffinity: 'ClientIP' });
  }
  await sticks();
  if (!switching) return;
  await t.api(services).change('sticky', ({ spec }) => Object.assign(spec!, { sessionAffinity: 'None', sessionAffinityConfig: undefined }));
  await allAnswer(t, ask, names);
}

rowOnDocker(label('have session affinity work for service with type clusterIP [LinuxOnly]'), (t) => affinity(t, 'ClusterIP', false));
rowOnDocker(label('be able to switch session affinity for service with type clusterIP [LinuxOnly]'), (t) => affinity(t, 'ClusterIP', true));
rowOnDocker(label('have session affinity work for NodePort service [LinuxOnly]'), (t) => affinity(t, 'NodePort', false));
rowOnDocker(label('be able to switch session affinity for NodePort service [LinuxOnly]'), (t) => affinity(t, 'NodePort', true));

row(label('find a service from listing all namespaces'), async (t) => {
  const { items } = await t.api(services, '').list();
  expect(items.some(({ metadata }) => metadata.name === 'kubernetes' && metadata.namespace === 'default')).toBe(true);
});

row(label('test the lifecycle of an Endpoint'), async (t) => {
  const api = t.api(endpoints);
  const mine = { labelSelector: 'test-endpoint-static=true' };
  const watch = await api.watch(mine);
  await api.create({ metadata: { name: 'test', labels: { 'test-endpoint-static': 'true' } }, subsets: [{ addresses: [{ ip: '10.0.0.24' }], ports: [{ name: 'http', port: 80, protocol: 'TCP' }] }] });
  expect((await watch.next()).type).toBe('ADDED');
  expect((await t.api(endpoints, '').list(mine)).items.some(({ metadata }) => metadata.namespace === t.namespace)).toBe(true);
  await api.change('test', ({ metadata }) => { metadata.labels = { ...metadata.labels, 'test-service': 'updated' }; });
  await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.labels?.['test-service'] === 'updated');
  const subsets = [{ addresses: [{ ip: '10.0.0.25' }], ports: [{ name: 'http-test', port: 8080 }] }];
  await api.patch('test', 'strategic', { metadata: { labels: { 'test-service': 'patched' } }, subsets });
  await watch.until(({ object }) => object.metadata.labels?.['test-service'] === 'patched');
  expect((await api.get('test')).subsets).toMatchObject(subsets);
  await api.deleteCollection(mine);
  await watch.until(({ type }) => type === 'DELETED');
  expect(await refusal(api.get('test'))).toMatchObject({ reason: 'NotFound' });
});

const loadBalancer = (ip: string) => ({ loadBalancer: { ingress: [{ ip }] } });

row(label('complete a service status lifecycle'), async (t) => {
  const api = t.api(services);
  const mine = { labelSelector: 'test-service-static=true' };
  const watch = await api.watch(mine);
  await api.create({ metadata: { name: 'test', labels: { 'test-service-static': 'true' } }, spec: { type: 'LoadBalancer', loadBalancerClass: 'example.com/nobody', ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }] } });
  await watch.until(({ type }) => type === 'ADDED');
  expect((await api.get('test', 'status')).status!.loadBalancer).toEqual({});
  await api.patch('test', 'merge', { metadata: { annotations: { patchedstatus: 'true' } }, status: loadBalancer('203.0.113.1') }, { subresource: 'status' });
  await watch.until(({ object }) => (object as Service).status?.loadBalancer?.ingress?.[0]?.ip === '203.0.113.1');
  const updated = await api.change('test', ({ status }) => { status!.conditions = [{ type: 'StatusUpdate', status: 'True', reason: 'Row', message: 'set by the row', lastTransitionTime: new Date().toISOString() }]; }, { subresource: 'status' });
  expect(updated.status!.conditions![0]).toMatchObject({ type: 'StatusUpdate', status: 'True' });
  await api.patch('test', 'strategic', { metadata: { labels: { 'test-service': 'patched' } } });
  await watch.until(({ object }) => object.metadata.labels?.['test-service'] === 'patched');
  await api.delete('test');
  await watch.until(({ type }) => type === 'DELETED');
});

row(label('delete a collection of services'), async (t) => {
  const api = t.api(services);
  const of = (name: string, kind: string) => api.create({ metadata: { name, labels: { kind } }, spec: { ports: [{ name: 'http', port: 80 }] } });
  await of('kept', 'kept');
  for (const name of ['one', 'two']) await of(name, 'deleted');
  expect((await api.list()).items).toHaveLength(3);
  await api.deleteCollection({ labelSelector: 'kind=deleted' });
  await t.eventually(async () => {
    expect((await api.list()).items.map(({ metadata }) => metadata.name)).toEqual(['kept']);
    return true;
  });
});

