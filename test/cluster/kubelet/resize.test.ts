import type { ContainerStatus, Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { pods } from '../../../src/cluster/kubelet/resources';
import { KubeletWorld, webPod } from './world';

const sized = (cpu: string, more: Partial<PodSpec['containers'][number]> = {}): PodSpec => webPod({ resources: { requests: { cpu, memory: '64Mi' }, limits: { cpu: '8', memory: '128Mi' } }, ...more });

describe('the amounts of a pod that runs', () => {
  let world: KubeletWorld;
  beforeEach(async () => { world = await KubeletWorld.start(); });
  afterEach(() => world.stop());

  const ask = async (name: string, cpu: string) => {
    const pod = await world.pod(name);
    const [container] = pod.spec.containers;
    await world.client.update<Pod>(pods, { ...pod, spec: { ...pod.spec, containers: [{ ...container!, resources: { ...container!.resources, requests: { ...container!.resources!.requests, cpu } } }] } });
    await world.pass(100);
  };
  const status = async (name: string): Promise<ContainerStatus> => (await world.pod(name)).status!.containerStatuses![0]!;
  const given = async () => (await world.runtime.snapshot())[0]!.containers[0]!.resources!.cpuRequestMillis;
  const resizing = async (name: string) => (await world.pod(name)).status!.conditions!.filter(({ type }) => type.startsWith('PodResize')).map(({ type, reason, message }) => [type, reason, message]);

  it('change without a restart', async () => {
    await world.run('web', sized('1'));
    await world.pass(1000);
    const before = await status('web');
    await ask('web', '2');
    expect(await given()).toBe(2000);
    expect(await status('web')).toMatchObject({ containerID: before.containerID, restartCount: 0, allocatedResources: { cpu: '2' }, resources: { requests: { cpu: '2' } } });
    expect(await resizing('web')).toEqual([]);
  });

  it('change with a restart where the container says so', async () => {
    await world.run('web', sized('1', { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }));
    await world.pass(1000);
    await ask('web', '2');
    await world.pass(15_000);
    expect(await status('web')).toMatchObject({ restartCount: 1, resources: { requests: { cpu: '2' } }, state: { running: {} } });
    expect(await world.events('web')).toContain('Normal Killing Container web resize requires restart');
  });

  it('stay as they are on a node that can never give so much', async () => {
    await world.run('web', sized('1'));
    await world.pass(1000);
    await ask('web', '9');
    expect(await given()).toBe(1000);
    expect(await resizing('web')).toEqual([['PodResizePending', 'Infeasible', "Node didn't have enough capacity: cpu, requested: 9000, capacity: 8000"]]);
    expect(await status('web')).toMatchObject({ allocatedResources: { cpu: '1' }, resources: { requests: { cpu: '1' } } });
  });

  it('wait for others to leave, also over a restart of the kubelet', async () => {
    await world.run('other', sized('5'));
    await world.run('web', sized('1'));
    await world.pass(1000);
    await ask('web', '4');
    const deferred = [['PodResizePending', 'Deferred', "Node didn't have enough resource: cpu, requested: 4000, used: 5000, capacity: 8000"]];
    expect(await resizing('web')).toEqual(deferred);
    await world.kubelet.stop();
    await world.restart();
    await world.pass(100);
    expect(await resizing('web')).toEqual(deferred);
    await world.remove('other', 0);
    await world.pass(5000);
    expect(await resizing('web')).toEqual([]);
    expect(await status('web')).toMatchObject({ restartCount: 0, allocatedResources: { cpu: '4' } });
  });
});
