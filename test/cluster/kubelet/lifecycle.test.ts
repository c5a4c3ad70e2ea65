import type { Pod } from '../../../src/api/generated/core.v1';
import { pods } from '../../../src/cluster/kubelet/resources';
import { KubeletWorld, webPod } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

const stateOf = (pod: Pod, at = 0) => pod.status!.containerStatuses![at]!.state!;
const condition = (pod: Pod, type: string) => pod.status!.conditions!.find((one) => one.type === type);
const second = 1000;

describe('the status of a pod', () => {
  it('is written again when somebody else has changed what is the kubelet\'s', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const before = await world.pod('web');
    const conditions = before.status!.conditions!.map((condition) => (condition.type === 'Ready' ? { ...condition, status: 'False' as const } : condition));
    await world.client.update(pods, { ...before, status: { ...before.status, conditions: [...conditions, { type: 'Mine', status: 'True' }] } }, { subresource: 'status' });
    await world.pass(1000);
    const after = await world.pod('web');
    expect(after.status!.conditions).toEqual([{ type: 'Mine', status: 'True' }, ...before.status!.conditions!]);
    await world.pass(60_000);
    expect((await world.pod('web')).metadata.resourceVersion).toBe(after.metadata.resourceVersion);
  });
});

describe('a pod', () => {
  it('runs and becomes ready', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const { status } = await world.pod('web');
    expect(status).toMatchObject({
      phase: 'Running', podIP: '10.244.0.2', podIPs: [{ ip: '10.244.0.2' }], hostIP: '172.30.0.2', hostIPs: [{ ip: '172.30.0.2' }], qosClass: 'BestEffort',
      startTime: '2026-01-01T00:00:00Z',
      containerStatuses: [{
        name: 'web', ready: true, started: true, restartCount: 0, image: 'nginx:1.27', lastState: {}, containerID: expect.stringMatching(/^docker:\/\/[0-9a-f]{64}$/),
        imageID: expect.stringMatching(/^docker-pullable:\/\/nginx@sha256:/), state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      }],
    });
    expect(status!.conditions!.map(({ type, status: value }) => `${type}=${value}`)).toEqual(['PodReadyToStartContainers=True', 'Initialized=True', 'Ready=True', 'ContainersReady=True', 'PodScheduled=True']);
    expect(await world.events('web')).toEqual([
      'Normal Pulled Container image "nginx:1.27" already present on machine',
      'Normal Created Created container: web',
      'Normal Started Started container web',
    ]);
    expect(world.log).toEqual([]);
  });

  it('waits in ContainerCreating while it is made', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-start-delay': '5s' } });
    await world.pass(second);
    const pod = await world.pod('web');
    expect(pod.status).toMatchObject({ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } }, ready: false, started: false, imageID: '' }] });
    expect(condition(pod, 'Ready')).toMatchObject({ status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [web]' });
    await world.pass(5 * second);
    expect((await world.pod('web')).status!.phase).toBe('Running');
  });

  it('of another node is left alone', async () => {
    await world.run('web', webPod(), { nodeName: 'node-1' });
    await world.pass(second);
    expect((await world.pod('web')).status).toEqual({ phase: 'Pending' });
  });

  it('gets an address that no other has, also after one is freed', async () => {
    await world.run('one', webPod());
    await world.run('two', webPod());
    await world.pass(second);
    await world.remove('one', 0);
    await world.pass(5 * second);
    await world.run('three', webPod());
    await world.pass(second);
    expect([(await world.pod('two')).status!.podIP, (await world.pod('three')).status!.podIP]).toEqual(['10.244.0.3', '10.244.0.4']);
  });
});

describe('a crash loop', () => {
  it('backs off from ten seconds by doubling', async () => {
    await world.run('web', webPod({ command: ['sh', '-c', 'exit 1'] }));
    await world.pass(second);
    const first = await world.pod('web');
    expect(first.status).toMatchObject({
      phase: 'Running',
      containerStatuses: [{
        restartCount: 1, ready: false,
        state: { waiting: { reason: 'CrashLoopBackOff', message: `back-off 10s restarting failed container=web pod=web_default(${first.metadata.uid})` } },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
      }],
    });
    await world.pass(10 * second);
    expect((await world.pod('web')).status!.containerStatuses![0]).toMatchObject({ restartCount: 2, state: { waiting: { message: expect.stringContaining('back-off 20s ') } } });
    await world.pass(15 * second);
    expect((await world.pod('web')).status!.containerStatuses![0]!.restartCount).toBe(2);
    await world.pass(6 * second);
    expect((await world.pod('web')).status!.containerStatuses![0]!.restartCount).toBe(3);
    expect(await world.events('web')).toContain(`Warning BackOff Back-off restarting failed container web in pod web_default(${first.metadata.uid}) (x3)`);
  });

  it('starts anew after ten minutes without trouble', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-run-for': '11m', 'knarr.dev/sim-exit-code': '2' } });
    await world.pass(34 * 60 * second);
    expect((await world.pod('web')).status!.containerStatuses![0]!.restartCount).toBe(3);
    expect((await world.events('web')).some((event) => event.includes('BackOff'))).toBe(false);
  });

  it('keeps the container before the last for its logs, and no older one', async () => {
    await world.run('web', webPod({ command: ['sh', '-c', 'exit 1'] }));
    await world.pass(120 * second);
    const { uid } = (await world.pod('web')).metadata;
    const [sandbox] = await world.runtime.snapshot({ podUid: uid! });
    expect(sandbox!.containers.length).toBe(2);
  });
});

describe('a pod that runs to its end', () => {
  it('succeeds, and its sandbox is stopped', async () => {
    await world.run('job', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', 'echo done'] }] });
    await world.pass(3 * second);
    const pod = await world.pod('job');
    expect(pod.status).toMatchObject({ phase: 'Succeeded', podIP: '10.244.0.2', containerStatuses: [{ ready: false, started: false, state: { terminated: { exitCode: 0, reason: 'Completed' } } }] });
    expect(pod.status!.conditions!.map(({ type, status, reason }) => `${type}=${status} ${reason ?? ''}`)).toEqual(['PodReadyToStartContainers=False ', 'Initialized=True PodCompleted', 'Ready=False PodCompleted', 'ContainersReady=False PodCompleted', 'PodScheduled=True ']);
    expect(await world.runtime.snapshot({ podUid: pod.metadata.uid! })).toMatchObject([{ state: 'notready' }]);
  });

  it('fails', async () => {
    await world.run('job', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['false'] }] });
    await world.pass(3 * second);
    expect((await world.pod('job')).status).toMatchObject({ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 1, reason: 'Error' } }, restartCount: 0 }] });
  });

  it('is tried again on failure only', async () => {
    await world.run('job', { restartPolicy: 'OnFailure', containers: [{ name: 'main', image: 'busybox', command: ['false'] }, { name: 'other', image: 'busybox', command: ['true'] }] });
    await world.pass(15 * second);
    expect((await world.pod('job')).status).toMatchObject({ phase: 'Running', containerStatuses: [{ name: 'main', restartCount: 2 }, { name: 'other', restartCount: 0, state: { terminated: { exitCode: 0 } } }] });
  });

  it('ends at its deadline', async () => {
    await world.run('job', { ...webPod(), activeDeadlineSeconds: 30, restartPolicy: 'Never' });
    await world.pass(29 * second);
    expect((await world.pod('job')).status!.phase).toBe('Running');
    await world.pass(5 * second);
    expect((await world.pod('job')).status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' });
  });

  it('says so when memory was the reason', async () => {
    await world.run('job', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] }, { annotations: { 'knarr.dev/sim-run-for': '1s', 'knarr.dev/sim-oom': 'true' } });
    await world.pass(3 * second);
    expect(stateOf(await world.pod('job'))).toMatchObject({ terminated: { reason: 'OOMKilled', exitCode: 137 } });
  });
});

describe('deletion', () => {
  it('stops the containers and removes everything', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const { uid } = (await world.pod('web')).metadata;
    await world.remove('web');
    await world.pass(second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
    expect(await world.runtime.snapshot({ podUid: uid! })).toEqual([]);
    expect(await world.events('web')).toContain('Normal Killing Stopping container web');
  });

  it('waits for the grace and not longer', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-ignore-term': 'true' } });
    await world.pass(second);
    await world.remove('web');
    await world.pass(28 * second);
    expect((await world.pod('web')).metadata.deletionGracePeriodSeconds).toBe(30);
    await world.pass(4 * second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
  });

  it('can be made shorter afterwards', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-ignore-term': 'true' } });
    await world.pass(second);
    const { uid } = (await world.pod('web')).metadata;
    await world.remove('web');
    await world.pass(second);
    await world.remove('web', 0);
    await world.pass(35 * second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
    expect(await world.runtime.snapshot({ podUid: uid! })).toEqual([]);
  });

  it('runs the preStop hook out of the grace', async () => {
    await world.run('web', webPod({ lifecycle: { preStop: { sleep: { seconds: 10 } } } }));
    await world.pass(second);
    await world.remove('web');
    await world.pass(9 * second);
    expect(stateOf(await world.pod('web'))).toHaveProperty('running');
    await world.pass(2 * second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
  });

  it('tells of a preStop hook that failed', async () => {
    await world.run('web', webPod({ lifecycle: { preStop: { exec: { command: ['false'] } } } }));
    await world.pass(second);
    await world.remove('web');
    await world.pass(second);
    expect(await world.events('web')).toContain('Warning FailedPreStopHook PreStopHook failed');
  });

  it('of a pod that waits for its image is immediate', async () => {
    await world.run('web', webPod({ image: 'nosuch:1' }));
    await world.pass(second);
    await world.remove('web');
    await world.pass(second);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
  });

  it('by force leaves nothing behind', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const { uid } = (await world.pod('web')).metadata;
    await world.remove('web', 0);
    await expect(world.pod('web')).rejects.toMatchObject({ code: 404 });
    await world.pass(35 * second);
    expect(await world.runtime.snapshot({ podUid: uid! })).toEqual([]);
  });
});

describe('images', () => {
  it('that do not exist are tried again with back-off', async () => {
    await world.run('web', webPod({ image: 'nosuch:1' }));
    await world.pass(second);
    expect(stateOf(await world.pod('web'))).toMatchObject({ waiting: { reason: 'ErrImagePull', message: expect.stringContaining('pull access denied for nosuch') } });
    await world.pass(3 * second);
    expect(stateOf(await world.pod('web'))).toMatchObject({ waiting: { reason: 'ImagePullBackOff', message: expect.stringMatching(/^Back-off pulling image "nosuch:1": ErrImagePull: pull access denied/) } });
    expect((await world.pod('web')).status!.phase).toBe('Pending');
    expect(await world.events('web')).toEqual([
      'Normal Pulling Pulling image "nosuch:1"',
      expect.stringMatching(/^Warning Failed Failed to pull image "nosuch:1": pull access denied/),
      'Warning Failed Error: ErrImagePull',
      'Normal BackOff Back-off pulling image "nosuch:1"',
      'Warning Failed Error: ImagePullBackOff',
    ]);
    await world.pass(10 * second);
    expect((await world.events('web'))[0]).toBe('Normal Pulling Pulling image "nosuch:1" (x2)');
  });

  it.each([
    ['Never', 'nosuch:1', 'ErrImageNeverPull', 'Container image "nosuch:1" is not present with pull policy of Never'],
    ['IfNotPresent', 'Not:a:Name', 'InvalidImageName', 'Failed to apply default image tag "Not:a:Name": couldn\'t parse image name "Not:a:Name": invalid reference format'],
    ['IfNotPresent', 'unreachable/web:1', 'ErrImagePull', 'dial tcp: lookup unreachable: no such host'],
  ] as const)('with policy %s and image %s: %s', async (imagePullPolicy, image, reason, message) => {
    await world.run('web', webPod({ image, imagePullPolicy }));
    await world.pass(second);
    expect(stateOf(await world.pod('web'))).toEqual({ waiting: { reason, message } });
  });

  it('are pulled each time when always wanted', async () => {
    await world.run('web', webPod({ imagePullPolicy: 'Always' }));
    await world.pass(second);
    expect((await world.events('web')).slice(0, 2)).toEqual([
      'Normal Pulling Pulling image "nginx:1.27"',
      'Normal Pulled Successfully pulled image "nginx:1.27" in 0s (0s including waiting). Image size: 20000000 bytes.',
    ]);
  });
});
