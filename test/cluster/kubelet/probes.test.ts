import type { Probe } from '../../../src/api/generated/core.v1';
import { KubeletWorld, webPod } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

const second = 1000;
const probe = (more: Probe = {}): Probe => ({ httpGet: { path: '/', port: 80 }, periodSeconds: 1, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1, ...more });
const container = async () => (await world.pod('web')).status!.containerStatuses![0]!;
const annotations = (name: string, value: string) => ({ annotations: { [`knarr.dev/sim-${name}`]: value } });

describe('a readiness probe', () => {
  it('decides whether a container is ready', async () => {
    await world.run('web', webPod({ readinessProbe: probe() }), annotations('ready-after', '5s'));
    await world.pass(4 * second);
    expect(await container()).toMatchObject({ ready: false, started: true, state: { running: {} } });
    expect((await world.pod('web')).status!.phase).toBe('Running');
    await world.pass(3 * second);
    expect(await container()).toMatchObject({ ready: true });
    expect((await world.events('web')).at(-1)).toMatch(/^Warning Unhealthy Readiness probe failed: simulated: not ready after \d+ ms$/);
  });

  it('waits for its initial delay, and for as many successes as it shall', async () => {
    await world.run('web', webPod({ readinessProbe: probe({ initialDelaySeconds: 10, successThreshold: 3 }) }));
    await world.pass(11 * second);
    expect((await container()).ready).toBe(false);
    await world.pass(2 * second);
    expect((await container()).ready).toBe(true);
  });

  it('keeps its word over a restart of the kubelet', async () => {
    await world.run('web', webPod({ readinessProbe: probe({ periodSeconds: 60 }) }));
    await world.pass(second);
    expect((await container()).ready).toBe(true);
    const stopping = world.kubelet.stop();
    await world.pass(0);
    await stopping;
    await world.restart();
    await world.pass(0);
    expect((await container()).ready).toBe(true);
  });
});

describe('a liveness probe', () => {
  it('restarts a container that fails it', async () => {
    await world.run('web', webPod({ livenessProbe: probe() }), annotations('fail-liveness-after', '10s'));
    await world.pass(9 * second);
    expect(await container()).toMatchObject({ ready: true, restartCount: 0 });
    await world.pass(5 * second);
    expect(await container()).toMatchObject({ ready: true, restartCount: 1, lastState: { terminated: {} } });
    expect(await world.events('web')).toContain('Normal Killing Container web failed liveness probe, will be restarted');
  });

  it('uses its own grace', async () => {
    await world.run('web', webPod({ livenessProbe: probe({ terminationGracePeriodSeconds: 5 }) }), { annotations: { 'knarr.dev/sim-fail-liveness-after': '2s', 'knarr.dev/sim-ignore-term': 'true' } });
    await world.pass(8 * second);
    expect((await container()).restartCount).toBe(0);
    await world.pass(3 * second);
    expect(await container()).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 137 } } });
  });
});

describe('a startup probe', () => {
  it('holds the others back until it succeeds', async () => {
    await world.run('web', webPod({ startupProbe: probe({ failureThreshold: 30 }), livenessProbe: probe({ failureThreshold: 1 }) }), annotations('ready-after', '20s'));
    await world.pass(15 * second);
    expect(await container()).toMatchObject({ started: false, ready: false, restartCount: 0 });
    await world.pass(10 * second);
    expect(await container()).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });

  it('restarts a container that never comes up', async () => {
    await world.run('web', webPod({ startupProbe: probe() }), annotations('ready-after', 'never'));
    await world.pass(3 * second);
    expect((await container()).restartCount).toBe(1);
    expect(await world.events('web')).toContain('Normal Killing Container web failed startup probe, will be restarted');
  });
});

describe('a postStart hook', () => {
  it('that fails ends the container', async () => {
    await world.run('web', webPod({ lifecycle: { postStart: { exec: { command: ['false'] } } } }));
    await world.pass(second);
    expect(await world.events('web')).toContain('Warning FailedPostStartHook PostStartHook failed');
    expect((await container()).state).toMatchObject({ waiting: { reason: expect.stringMatching(/^(PostStartHookError|CrashLoopBackOff)$/) } });
  });

  it('is waited for: until then its container is not seen to run', async () => {
    await world.run('web', webPod({ lifecycle: { postStart: { sleep: { seconds: 5 } } }, livenessProbe: probe() }));
    await world.pass(2 * second);
    expect(await container()).toMatchObject({ ready: false, started: false, state: { waiting: { reason: 'ContainerCreating' } } });
    expect((await world.pod('web')).status?.phase).toBe('Pending');
    await world.pass(5 * second);
    expect(await container()).toMatchObject({ ready: true, started: true, state: { running: {} } });
    expect((await world.pod('web')).status?.phase).toBe('Running');
  });
});
