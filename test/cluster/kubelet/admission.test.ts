import type { Node, Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { demandOf, rejectionOf, Taken } from '../../../src/cluster/kubelet/decide/admission';
import { KubeletWorld, webPod } from './world';

const pod = (spec: Partial<PodSpec> = {}, container: object = {}): Pod => ({ metadata: { name: 'web' }, spec: { containers: [{ name: 'web', ...container }], ...spec } });
const asks = (requests: Record<string, string>) => pod({}, { resources: { requests } });
const onPort = (hostPort: number, hostIP?: string) => pod({}, { ports: [{ containerPort: 80, hostPort, ...(hostIP && { hostIP }) }] });
const node = (more: Partial<Node['spec']> = {}): Node => ({
  metadata: { name: 'n', labels: { disk: 'ssd' } }, spec: { ...more }, status: { allocatable: { cpu: '2', memory: '1Gi', pods: '3', 'example.com/gpu': '1' } },
});
const predicate = (name: string, why: string) => ({ reason: name, message: `Predicate ${name} failed: ${why}` });
const affinity = predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
const ports = predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports");

describe('a pod is rejected by its node', () => {
  it.each<[string, Pod, Pod[], Node, object | undefined]>([
    ['everything is good: no', asks({ cpu: '1' }), [asks({ cpu: '1' })], node(), undefined],
    ['too little cpu', asks({ cpu: '500m' }), [asks({ cpu: '1800m' })], node(), { reason: 'OutOfcpu', message: "Node didn't have enough resource: cpu, requested: 500, used: 1800, capacity: 2000" }],
    ['too little memory', asks({ memory: '2Gi' }), [], node(), { reason: 'OutOfmemory', message: "Node didn't have enough resource: memory, requested: 2147483648, used: 0, capacity: 1073741824" }],
    ['too many pods', pod(), [pod(), pod(), pod()], node(), { reason: 'OutOfpods', message: "Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3" }],
    ['a resource of the node\'s own', asks({ 'example.com/gpu': '1' }), [asks({ 'example.com/gpu': '1' })], node(), { reason: 'OutOfexample.com/gpu', message: "Node didn't have enough resource: example.com/gpu, requested: 1, used: 1, capacity: 1" }],
    ['a resource that the node does not know', asks({ 'example.com/other': '1' }), [], node(), undefined],
    ['a selector that fits', pod({ nodeSelector: { disk: 'ssd' } }), [], node(), undefined],
    ['a selector that does not', pod({ nodeSelector: { disk: 'hdd' } }), [], node(), affinity],
    ['an affinity that does not', pod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] } } } }), [], node(), affinity],
    ['a port that is taken', onPort(80), [onPort(80)], node(), ports],
    ['a port that is taken on every address', onPort(80, '10.0.0.1'), [onPort(80)], node(), ports],
    ['a port of another address', onPort(80, '10.0.0.1'), [onPort(80, '10.0.0.2')], node(), undefined],
    ['a taint that ends pods', pod(), [], node({ taints: [{ key: 'gone', effect: 'NoExecute' }] }), predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate")],
    ['a taint that is the scheduler\'s', pod(), [], node({ taints: [{ key: 'gone', effect: 'NoSchedule' }] }), undefined],
  ])('%s', (_, asked, others, on, expected) => {
    const taken = new Taken();
    others.forEach((other, at) => taken.set(`${at}`, demandOf(other)));
    expect(rejectionOf(asked, demandOf(asked), taken, on)).toEqual(expected);
  });
});

it('what a pod took is there again once it is given back', () => {
  const taken = new Taken();
  const [first, second] = [demandOf(pod({}, { resources: { requests: { cpu: '1500m' } }, ports: [{ containerPort: 80, hostPort: 80 }] })), demandOf(asks({ cpu: '100m' }))];
  taken.set('first', second);
  taken.set('first', first);
  taken.set('second', second);
  taken.delete('first');
  taken.delete('first');
  expect([taken.pods, taken.ports, taken.of('cpu'), taken.of('memory')]).toEqual([1, [], 100, 0]);
});

describe('a pod bound past the scheduler', () => {
  let world: KubeletWorld;
  beforeEach(async () => {
    world = await KubeletWorld.start();
  });
  afterEach(() => world.stop());

  const port = { ports: [{ containerPort: 80, hostPort: 8080 }] };

  it('fails without a container where it does not fit, and can be deleted', async () => {
    await world.run('first', webPod(port));
    await world.run('second', webPod(port));
    await world.pass(1000);
    expect((await world.pod('first')).status!.phase).toBe('Running');
    const { status } = await world.pod('second');
    expect(status).toEqual({ phase: 'Failed', reason: 'NodePorts', message: `Pod was rejected: ${ports.message}`, conditions: [] });
    expect(await world.events('second')).toEqual([`Warning NodePorts ${ports.message}`]);
    expect((await world.runtime.snapshot()).length).toBe(1);
    await world.remove('second');
    await world.pass(1000);
    await expect(world.pod('second')).rejects.toMatchObject({ code: 404 });
  });

  it('stays rejected after a restart of the kubelet; what runs stays', async () => {
    await world.run('first', webPod(port));
    await world.run('second', webPod(port));
    await world.pass(1000);
    const before = [await world.pod('first'), await world.pod('second')];
    const stopping = world.kubelet.stop();
    await world.pass(0);
    await stopping;
    await world.restart();
    await world.pass(1000);
    expect([await world.pod('first'), await world.pod('second')]).toEqual(before);
  });

  it('fits when the other is over', async () => {
    await world.run('first', { ...webPod({ ...port, command: ['sh', '-c', 'exit 0'] }), restartPolicy: 'Never' });
    await world.pass(5000);
    await world.run('second', webPod(port));
    await world.pass(1000);
    expect((await world.pod('second')).status!.phase).toBe('Running');
  });
});
