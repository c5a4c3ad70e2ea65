import type { PodSpec } from '../../../src/api/generated/core.v1';
import { KubeletWorld } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

const second = 1000;
const init = (name: string, command: string[]) => ({ name, image: 'busybox', command });
const sidecar = (name: string, more = {}) => ({ name, image: 'envoy:1', restartPolicy: 'Always', ...more });
const main = { name: 'main', image: 'web:1' };

async function statuses(name: string) {
  const { status } = await world.pod(name);
  return Object.fromEntries([...(status!.initContainerStatuses ?? []), ...(status!.containerStatuses ?? [])].map((one) => [one.name, Object.values(one.state ?? {}).map((state) => (state as { reason?: string }).reason ?? 'running')[0]]));
}

async function run(spec: Partial<PodSpec>) {
  await world.run('pod', { containers: [main], ...spec });
}

describe('init containers', () => {
  it('run one after the other, then the main ones', async () => {
    await run({ initContainers: [init('one', ['sleep', '5']), init('two', ['sleep', '5'])] });
    await world.pass(second);
    expect(await statuses('pod')).toEqual({ one: 'running', two: 'PodInitializing', main: 'PodInitializing' });
    const { status } = await world.pod('pod');
    expect(status!.phase).toBe('Pending');
    expect(status!.conditions!.find(({ type }) => type === 'Initialized')).toMatchObject({ status: 'False', reason: 'ContainersNotInitialized', message: 'containers with incomplete status: [one two]' });
    await world.pass(5 * second);
    expect(await statuses('pod')).toEqual({ one: 'Completed', two: 'running', main: 'PodInitializing' });
    await world.pass(5 * second);
    expect(await statuses('pod')).toEqual({ one: 'Completed', two: 'Completed', main: 'running' });
    expect((await world.pod('pod')).status).toMatchObject({ phase: 'Running', initContainerStatuses: [{ ready: true, started: false }, { ready: true }], containerStatuses: [{ ready: true }] });
  });

  it('that fail are tried again with back-off', async () => {
    await run({ initContainers: [init('one', ['false'])] });
    await world.pass(3 * second);
    expect(await statuses('pod')).toEqual({ one: 'CrashLoopBackOff', main: 'PodInitializing' });
    expect((await world.pod('pod')).status).toMatchObject({ phase: 'Pending', initContainerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 1 } } }] });
  });

  it('that fail end a pod that is never restarted', async () => {
    await run({ restartPolicy: 'Never', initContainers: [init('one', ['false']), init('two', ['true'])] });
    await world.pass(3 * second);
    expect((await world.pod('pod')).status).toMatchObject({ phase: 'Failed', initContainerStatuses: [{ state: { terminated: { exitCode: 1 } } }, { state: { waiting: { reason: 'PodInitializing' } } }] });
  });
});

describe('sidecars', () => {
  it('start before the next one and go on', async () => {
    await run({ initContainers: [sidecar('proxy'), init('prepare', ['sleep', '2'])] });
    await world.pass(second);
    expect(await statuses('pod')).toEqual({ proxy: 'running', prepare: 'running', main: 'PodInitializing' });
    await world.pass(3 * second);
    expect(await statuses('pod')).toEqual({ proxy: 'running', prepare: 'Completed', main: 'running' });
    expect((await world.pod('pod')).status!.initContainerStatuses![0]).toMatchObject({ started: true, ready: true });
  });

  it('hold the others back until their startup probe succeeds', async () => {
    const startupProbe = { httpGet: { port: 80 }, periodSeconds: 1, failureThreshold: 30 };
    await world.run('pod', { containers: [main], initContainers: [sidecar('proxy', { startupProbe })] }, { annotations: { 'knarr.dev/sim-ready-after.proxy': '5s' } });
    await world.pass(4 * second);
    expect(await statuses('pod')).toEqual({ proxy: 'running', main: 'PodInitializing' });
    await world.pass(3 * second);
    expect(await statuses('pod')).toEqual({ proxy: 'running', main: 'running' });
  });

  it('end with the work of a job, after it', async () => {
    await world.run('pod', { restartPolicy: 'Never', initContainers: [sidecar('proxy')], containers: [{ ...main, command: ['sleep', '3'] }] });
    await world.pass(2 * second);
    expect(await statuses('pod')).toEqual({ proxy: 'running', main: 'running' });
    await world.pass(4 * second);
    expect((await world.pod('pod')).status).toMatchObject({ phase: 'Succeeded', initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }] });
  });

  it('are stopped after the main containers, the last one first', async () => {
    await world.run('pod', { initContainers: [sidecar('first'), sidecar('second')], containers: [main] }, { annotations: { 'knarr.dev/sim-ignore-term.main': 'true' } });
    await world.pass(second);
    await world.remove('pod', 5);
    await world.pass(2 * second);
    expect(await statuses('pod')).toEqual({ first: 'running', second: 'running', main: 'running' });
    await world.pass(10 * second);
    const killed = (await world.events('pod')).filter((event) => event.includes('Killing')).map((event) => event.split(' ').at(-1));
    expect(killed).toEqual(['main', 'second', 'first']);
  });
});
