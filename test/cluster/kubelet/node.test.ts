import type { Lease } from '../../../src/api/generated/coordination.v1';
import type { Node } from '../../../src/api/generated/core.v1';
import { startHeartbeat } from '../../../src/cluster/kubelet/node/heartbeat';
import { nodeImages } from '../../../src/cluster/kubelet/node/images';
import { leases, nodes } from '../../../src/cluster/kubelet/resources';
import { KubeletWorld, webPod } from './world';

describe('the node', () => {
  let world: KubeletWorld;
  beforeEach(async () => {
    world = await KubeletWorld.start();
  });
  afterEach(() => world.stop());
  const node = () => world.client.get<Node>(nodes, 'node-0');

  it('is registered with all that it has', async () => {
    const { metadata, spec, status } = await node();
    expect(metadata.labels).toEqual({ 'kubernetes.io/hostname': 'node-0', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux', 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux' });
    expect(spec).toMatchObject({ podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'] });
    expect(status).toMatchObject({
      capacity: { cpu: '8', memory: '16777216Ki', pods: '110' }, allocatable: { cpu: '8' },
      addresses: [{ type: 'InternalIP', address: '172.30.0.2' }, { type: 'Hostname', address: 'node-0' }],
      nodeInfo: { kubeletVersion: expect.stringMatching(/^v1\.33\.\d+$/), containerRuntimeVersion: 'sim://0.1.0', operatingSystem: 'linux', architecture: 'amd64' },
    });
    expect(status!.conditions!.map(({ type, status: value, reason, message }) => `${type}=${value} ${reason}: ${message}`)).toEqual([
      'MemoryPressure=False KubeletHasSufficientMemory: kubelet has sufficient memory available',
      'DiskPressure=False KubeletHasNoDiskPressure: kubelet has no disk pressure',
      'PIDPressure=False KubeletHasSufficientPID: kubelet has sufficient PID available',
      'Ready=True KubeletReady: kubelet is posting ready status',
    ]);
  });

  it('renews its lease each ten seconds', async () => {
    await world.pass(0);
    const lease = () => world.client.get<Lease>(leases, 'node-0', 'kube-node-lease');
    expect(await lease()).toMatchObject({ metadata: { ownerReferences: [{ kind: 'Node', name: 'node-0' }] }, spec: { holderIdentity: 'node-0', leaseDurationSeconds: 40, renewTime: '2026-01-01T00:00:00.000000Z' } });
    await world.pass(25_000);
    expect((await lease()).spec!.renewTime).toBe('2026-01-01T00:00:20.000000Z');
  });

  it('is registered again when somebody deletes it', async () => {
    await world.client.delete(nodes, 'node-0');
    await world.pass(310_000);
    expect((await node()).status!.conditions).toHaveLength(4);
  });

  it('keeps what others wrote over a restart', async () => {
    const known = await node();
    await world.client.update<Node>(nodes, { ...known, metadata: { ...known.metadata, labels: { ...known.metadata.labels, mine: 'yes' } }, spec: { ...known.spec, unschedulable: true } });
    const stopping = world.kubelet.stop();
    await world.pass(0);
    await stopping;
    await world.restart();
    expect(await node()).toMatchObject({ metadata: { labels: { mine: 'yes', 'kubernetes.io/os': 'linux' } }, spec: { unschedulable: true } });
  });

  it('is not ready while the runtime does not answer', async () => {
    const info = world.runtime.info.bind(world.runtime);
    world.runtime.info = () => Promise.reject(new Error('gone'));
    await world.pass(10_000);
    expect((await node()).status!.conditions!.at(-1)).toMatchObject({ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'container runtime is down: gone' });
    world.runtime.info = info;
    await world.pass(10_000);
    expect((await node()).status!.conditions!.at(-1)).toMatchObject({ type: 'Ready', status: 'True' });
  });

  it('tells which images it has', async () => {
    expect((await node()).status!.images ?? []).toEqual([]);
    await world.run('web', webPod());
    await world.pass(11_000);
    expect((await node()).status!.images).toEqual([{ names: [expect.stringMatching(/@sha256:/), 'nginx:1.27'], sizeBytes: 20_000_000 }]);
  });

  it.each([
    ['the largest first, by a few of their names', [{ repoTags: ['a:1'], repoDigests: [], sizeBytes: 1 }, { repoTags: ['b:1', 'b:2', 'b:3', 'b:4', 'b:5'], repoDigests: ['b@sha256:0'], sizeBytes: 2 }],
      [{ names: ['b@sha256:0', 'b:1', 'b:2', 'b:3', 'b:4'], sizeBytes: 2 }, { names: ['a:1'], sizeBytes: 1 }]],
    ['fifty of them', Array.from({ length: 60 }, (_, at) => ({ repoTags: [`i:${at}`], repoDigests: [], sizeBytes: at })), Array.from({ length: 50 }, (_, at) => ({ names: [`i:${59 - at}`], sizeBytes: 59 - at }))],
  ])('tells %s', (_, images, told) => expect(nodeImages(images)).toEqual(told));

  it('tells another address as soon as its network came back with it', async () => {
    let reset = () => Promise.resolve();
    const network = { address: '172.30.0.2', onReset: (listener: () => Promise<void>) => { reset = listener; } };
    const { client, runtime, clock } = world;
    const stop = startHeartbeat({ client, runtime, clock, network, node: { name: 'node-0', podCIDR: '10.244.0.0/24' }, nodeUid: undefined, info: await runtime.info(), log: () => undefined });
    await world.pass(0);
    const version = (await node()).metadata.resourceVersion;
    await reset();
    await world.pass(0);
    expect((await node()).metadata.resourceVersion).toBe(version);
    network.address = '172.30.0.9';
    await reset();
    await world.pass(0);
    expect((await node()).status!.addresses![0]).toEqual({ type: 'InternalIP', address: '172.30.0.9' });
    stop();
  });
});
