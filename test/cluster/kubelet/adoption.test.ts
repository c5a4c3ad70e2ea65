import { pods } from '../../../src/cluster/kubelet/resources';
import { KubeletWorld, webPod } from './world';

const second = 1000;
const ended = { exitCode: 137, reason: 'ContainerStatusUnknown' };
const lost = { terminated: { ...ended, message: 'The container could not be located when the pod was deleted.  The container used to be Running' } };
const unlocated = { terminated: { ...ended, message: 'The container could not be located when the pod was terminated' } };

/** As a SIGKILL: the loops end without a word, the containers go on. */
async function crash(world: KubeletWorld): Promise<void> {
  const stopping = world.kubelet.stop();
  await world.pass(0);
  await stopping;
}

describe('after a crash', () => {
  let world: KubeletWorld;
  beforeEach(async () => {
    world = await KubeletWorld.start();
  });
  afterEach(() => world.stop());

  it('running containers are adopted as they are', async () => {
    await world.run('web', webPod());
    await world.run('crashing', webPod({ command: ['sh', '-c', 'exit 1'] }));
    await world.pass(15 * second);
    const [web, crashing] = [await world.pod('web'), await world.pod('crashing')];
    expect(crashing.status!.containerStatuses![0]!.restartCount).toBe(2);
    await crash(world);
    await world.restart();
    await world.pass(100);
    expect((await world.pod('web')).status).toEqual(web.status);
    expect((await world.pod('crashing')).status!.containerStatuses![0]!.restartCount).toBeGreaterThanOrEqual(2);
  });

  it('a runtime that starts anew is told of every volume before a container is made again', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    await crash(world);
    const told: string[] = [];
    const { ensureVolume } = world.runtime;
    world.runtime.ensureVolume = (podUid, name, content) => {
      told.push(name);
      return ensureVolume.call(world.runtime, podUid, name, content);
    };
    await world.restart();
    await world.pass(100);
    expect(told).toContain('etc.knarr');
  });

  it('addresses in use are not given out again', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    await crash(world);
    await world.restart();
    await world.run('other', webPod());
    await world.pass(second);
    expect((await world.pod('other')).status!.podIP).toBe('10.244.0.3');
  });

  it('containers whose pod is gone are removed', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const { uid } = (await world.pod('web')).metadata;
    await crash(world);
    await world.client.delete(pods, 'web', 'default', { gracePeriodSeconds: 0 });
    await world.restart();
    await world.pass(5 * second);
    expect(await world.runtime.snapshot({ podUid: uid! })).toEqual([]);
  });

  it('a deletion that was begun is finished', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    await crash(world);
    await world.remove('web');
    await world.restart();
    await world.pass(second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
  });

  it('a pod whose containers were lost runs again, and counts on', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    await crash(world);
    for (const { id } of await world.runtime.snapshot()) await world.runtime.removeSandbox(id);
    await world.restart();
    await world.pass(second);
    expect((await world.pod('web')).status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true, restartCount: 1, lastState: lost }] });
  });

  it('a pod that must not be restarted has failed when its containers were lost', async () => {
    await world.run('once', { ...webPod(), restartPolicy: 'Never' });
    await world.pass(second);
    await crash(world);
    for (const { id } of await world.runtime.snapshot()) await world.runtime.removeSandbox(id);
    await world.restart();
    await world.pass(second);
    expect((await world.pod('once')).status).toMatchObject({ phase: 'Failed', containerStatuses: [{ ready: false, state: unlocated, lastState: lost }] });
    expect(await world.runtime.snapshot()).toEqual([]);
  });

  it('of a pod that was being initialized only what was started is lost', async () => {
    const initContainers = [{ name: 'one', image: 'busybox', command: ['true'] }, { name: 'two', image: 'busybox', command: ['sleep', '1000'] }, { name: 'three', image: 'busybox', command: ['true'] }];
    await world.run('once', { ...webPod(), initContainers, restartPolicy: 'Never' });
    await world.pass(5 * second);
    await crash(world);
    for (const { id } of await world.runtime.snapshot()) await world.runtime.removeSandbox(id);
    await world.restart();
    await world.pass(5 * second);
    const { status } = await world.pod('once');
    expect(status).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }, { state: unlocated, lastState: lost }, { state: { waiting: { reason: 'PodInitializing' } } }],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });
});

describe('a sandbox that dies', () => {
  it('is made anew with its containers', async () => {
    const world = await KubeletWorld.start();
    await world.run('web', webPod());
    await world.pass(second);
    const { uid } = (await world.pod('web')).metadata;
    const [sandbox] = await world.runtime.snapshot({ podUid: uid! });
    await world.runtime.stopSandbox(sandbox!.id);
    await world.pass(second);
    expect(await world.runtime.snapshot({ podUid: uid! })).toMatchObject([{ attempt: 1, state: 'ready', containers: [{ state: 'running', attempt: 1 }] }]);
    expect(await world.events('web')).toContain('Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.');
    expect((await world.pod('web')).status).toMatchObject({ podIP: '10.244.0.3', containerStatuses: [{ restartCount: 1, ready: true }] });
    await world.stop();
  });
});
