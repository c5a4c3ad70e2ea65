import type { Endpoints, Event, Namespace, Node, Pod, Service, ServiceAccount } from '../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../src/api/generated/discovery.v1';
import type { KubeObject } from '../../src/api/meta';
import { deployments, endpoints, endpointSlices, events, namespaces, nodes, pods, replicaSets, serviceAccounts, services } from '../../src/kinds/resources';
import { deployment, World } from './world';

const priorityClasses = { group: 'scheduling.k8s.io', version: 'v1', kind: 'PriorityClass', plural: 'priorityclasses', namespaced: false };

let world: World;
beforeEach(async () => {
  world = await World.start(3);
});
afterEach(async () => {
  await world.stop();
  expect(world.clock.pendingTimers).toBe(0);
});

const bringUp = async (options = {}) => {
  await world.client.create(deployments, deployment('web', options));
  await world.clock.advance(15_000);
};

describe('a service', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default', labels: { tier: 'front' } },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] } } as unknown as Service;

  it('has its ready pods in endpoints and in a slice', async () => {
    await bringUp();
    await world.client.create(services, service);
    await world.clock.advance(1000);
    const [slice] = (await world.list<EndpointSlice>(endpointSlices)).filter(({ metadata }) => metadata.labels!['kubernetes.io/service-name'] === 'web');
    const all = await world.pods();
    expect(slice).toMatchObject({
      metadata: { generateName: 'web-', labels: { tier: 'front', 'kubernetes.io/service-name': 'web', 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' } },
      addressType: 'IPv4', ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    });
    expect(slice!.endpoints.map(({ targetRef }) => targetRef!.name).sort()).toEqual(all.map(({ metadata }) => metadata.name).sort());
    expect(slice!.endpoints.every(({ conditions, nodeName }) => conditions!.ready && conditions!.serving && !conditions!.terminating && nodeName)).toBe(true);
    const [legacy] = (await world.list<Endpoints>(endpoints)).filter(({ metadata }) => metadata.name === 'web');
    expect(legacy!.metadata.labels).toEqual({ tier: 'front', 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' });
    expect(legacy!.subsets).toHaveLength(1);
    expect(legacy!.subsets![0]!.addresses!.map(({ ip }) => ip).sort()).toEqual(all.map(({ status }) => status!.podIP).sort());
  });

  it('leaves nothing behind', async () => {
    await bringUp();
    await world.client.create(services, service);
    await world.clock.advance(1000);
    await world.client.delete(services, 'web', 'default');
    await world.clock.advance(1000);
    expect([...await world.list(endpoints), ...await world.list(endpointSlices)]).toEqual([]);
  });
});

describe('deleting a deployment', () => {
  it.each(['Background', 'Foreground'] as const)('takes all with it (%s)', async (propagationPolicy) => {
    await bringUp();
    await world.client.delete(deployments, 'web', 'default', { propagationPolicy });
    await world.clock.advance(20_000);
    expect([...await world.deployments(), ...await world.replicaSets(), ...await world.pods()]).toEqual([]);
  });

  it('keeps its ReplicaSets when they are orphaned', async () => {
    await bringUp();
    await world.client.delete(deployments, 'web', 'default', { propagationPolicy: 'Orphan' });
    await world.clock.advance(20_000);
    expect(await world.deployments()).toEqual([]);
    expect((await world.replicaSets()).map(({ metadata }) => metadata.ownerReferences ?? [])).toEqual([[]]);
    expect(await world.pods()).toHaveLength(3);
  });

  it('is adopted by the next of the same selector and template', async () => {
    await bringUp();
    const before = (await world.pods()).map(({ metadata }) => metadata.uid).sort();
    await world.client.delete(deployments, 'web', 'default', { propagationPolicy: 'Orphan' });
    await world.clock.advance(20_000);
    await bringUp();
    expect(await world.replicaSets()).toHaveLength(1);
    expect((await world.pods()).map(({ metadata }) => metadata.uid).sort()).toEqual(before);
  });
});

describe('a ReplicaSet', () => {
  it('lets a pod go whose labels changed, and makes another', async () => {
    await bringUp();
    const [lost] = await world.pods();
    await world.edit<Pod>(pods, lost!.metadata.name, (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { app: 'debug' } } }));
    await world.clock.advance(10_000);
    const all = await world.pods();
    expect(all).toHaveLength(4);
    expect(all.find(({ metadata }) => metadata.name === lost!.metadata.name)!.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('replaces a pod that was deleted', async () => {
    await bringUp();
    await world.client.delete(pods, (await world.pods())[0]!.metadata.name, 'default');
    await world.clock.advance(10_000);
    expect(await world.pods()).toHaveLength(3);
    expect((await world.list(replicaSets))[0]!.status!.availableReplicas).toBe(3);
  });
});

describe('a namespace', () => {
  it('has a default service account', async () => {
    await world.client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } } as Namespace);
    await world.clock.advance(1000);
    expect((await world.list<ServiceAccount>(serviceAccounts)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort())
      .toEqual(['default/default', 'kube-node-lease/default', 'team/default']);
  });

  it('goes with all that is in it', async () => {
    await world.client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } } as Namespace);
    await world.clock.advance(1000);
    const web = deployment('web');
    await world.client.create(deployments, { ...web, metadata: { ...web.metadata, namespace: 'team' } });
    await world.clock.advance(10_000);
    expect(await world.pods()).toHaveLength(3);
    await world.client.delete(namespaces, 'team');
    await world.clock.advance(60_000);
    expect((await world.list<Namespace>(namespaces)).map(({ metadata }) => metadata.name).sort()).toEqual(['default', 'kube-node-lease']);
    const left = [...await world.pods(), ...await world.replicaSets(), ...await world.list(events as never)] as KubeObject[];
    expect(left.filter(({ metadata }) => metadata.namespace === 'team')).toEqual([]);
  });
});

describe('a node', () => {
  it('is told when it comes and goes', async () => {
    world.silence('node-1');
    await world.client.delete(nodes, 'node-1');
    await world.clock.advance(1000);
    const messages = (await world.list<Event>(events)).filter(({ involvedObject }) => involvedObject.name === 'node-1').map(({ reason, message }) => `${reason}: ${message}`);
    expect(messages.sort()).toEqual([
      'RegisteredNode: Node node-1 event: Registered Node node-1 in Controller', 'RemovingNode: Node node-1 event: Removing Node node-1 from Controller']);
  });

  it('that falls silent is tainted, and its pods come up elsewhere', async () => {
    await bringUp({ replicas: 6 });
    world.silence('node-1');
    await world.clock.advance(60_000);
    const lost = await world.client.get<Node>(nodes, 'node-1');
    expect(lost.status!.conditions!.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' });
    expect(lost.spec!.taints!.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute',
    ]);
    await world.clock.advance(400_000);
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(6);
    expect((await world.pods()).filter(({ metadata }) => !metadata.deletionTimestamp).every(({ spec }) => spec!.nodeName !== 'node-1')).toBe(true);
  });

  it('that is gone takes its pods with it', async () => {
    await bringUp({ replicas: 6 });
    world.silence('node-1');
    await world.client.delete(nodes, 'node-1');
    await world.clock.advance(120_000);
    expect((await world.pods()).map(({ spec }) => spec!.nodeName)).not.toContain('node-1');
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(6);
  });
});

describe('a pod that fits nowhere', () => {
  const why = async () => (await world.list<Event>(events)).filter(({ reason }) => reason === 'FailedScheduling').map(({ message }) => message);

  it('says why, and is placed when a node comes that it fits', async () => {
    await bringUp({ replicas: 1, cpu: '9' });
    const message = '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(await why()).toEqual([message]);
    expect((await world.pods())[0]!.status!.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }]);
    await world.addNode('large', '16');
    await world.clock.advance(15_000);
    expect((await world.pods())[0]!.spec!.nodeName).toBe('large');
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(1);
  });

  it('is placed when another makes room', async () => {
    await bringUp({ replicas: 4, cpu: '5' });
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(3);
    const running = (await world.pods()).find(({ spec }) => spec!.nodeName)!;
    await world.edit(deployments, 'web', (web) => ({ ...web, spec: { ...web.spec, replicas: 3 } }));
    await world.client.delete(pods, running.metadata.name, 'default');
    await world.clock.advance(20_000);
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(3);
  });
});

describe('a pod of high priority', () => {
  const important = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'vip', namespace: 'default' },
    spec: { priorityClassName: 'high', priority: 1000, containers: [{ name: 'main', image: 'web:1', resources: { requests: { cpu: '6' } } }] } } as unknown as Pod;

  it('takes the place of one of low priority, which comes up elsewhere or waits', async () => {
    await world.client.create(priorityClasses, { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 });
    await bringUp({ replicas: 3, cpu: '5' });
    await world.client.create(pods, important);
    await world.clock.advance(20_000);
    const vip = await world.client.get<Pod>(pods, 'vip', 'default');
    expect(vip.status!.phase).toBe('Running');
    expect((await world.deployments())[0]!.status!.availableReplicas).toBe(2);
    const told = (await world.list<Event>(events)).filter(({ reason }) => reason === 'Preempted' || reason === 'FailedScheduling').map(({ message }) => message);
    expect(told).toContain(`Preempted by pod ${vip.metadata.uid} on node ${vip.spec!.nodeName}`);
    expect(told).toContain('0/3 nodes are available: 3 Insufficient cpu.');
  });
});
