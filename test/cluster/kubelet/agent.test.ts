import { PassThrough } from 'node:stream';
import { KubeletWorld, webPod } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

const second = 1000;
const logOptions = { follow: false, previous: false, timestamps: false };

async function logs(name: string, more: object = {}): Promise<string> {
  let text = '';
  for await (const line of world.kubelet.agent.logs(await world.pod(name), { ...logOptions, ...more }, new AbortController().signal)) text += line.toString();
  return text;
}

describe('logs', () => {
  it('come with times and up to a size', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-logs': 'one\ntwo' } });
    await world.pass(second);
    expect(await logs('web')).toBe('one\ntwo\n');
    expect(await logs('web', { tailLines: 1 })).toBe('two\n');
    expect(await logs('web', { limitBytes: 6 })).toBe('one\ntw');
    expect(await logs('web', { timestamps: true, tailLines: 1 })).toBe('2026-01-01T00:00:00.010000000Z two\n');
    expect(await logs('web', { sinceSeconds: 0 })).toBe('');
  });

  it('of the container before', async () => {
    await world.run('web', webPod({ command: ['sh', '-c', 'echo hello; exit 1'] }));
    await world.pass(5 * second);
    expect(await logs('web', { previous: true })).toBe('hello\n');
    expect(await logs('web')).toBe('hello\n');
  });

  it.each([
    ['nosuch:1', {}, 'container "web" in pod "web" is waiting to start: trying and failing to pull image'],
    ['nginx', { container: 'other' }, 'container "other" in pod "web" is not available'],
    ['nginx', { previous: true }, 'previous terminated container "web" in pod "web" not found'],
  ])('of image %s with %j: %s', async (image, options, message) => {
    await world.run('web', webPod({ image }));
    await world.pass(5 * second);
    await expect(logs('web', options)).rejects.toMatchObject({ reason: 'BadRequest', message });
  });

  it('of a container that is created', async () => {
    await world.run('web', webPod(), { annotations: { 'knarr.dev/sim-start-delay': '5s' } });
    await world.pass(second);
    await expect(logs('web')).rejects.toMatchObject({ message: 'container "web" in pod "web" is waiting to start: ContainerCreating' });
    await world.pass(5 * second);
  });
});

describe('exec', () => {
  const options = { command: ['sh', '-c', 'echo hi; exit 3'], stdin: false, stdout: true, stderr: true, tty: false };

  it('gives the output and the exit code', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const stdout = new PassThrough();
    expect(await world.kubelet.agent.exec(await world.pod('web'), options, { stdout, signal: new AbortController().signal })).toEqual({ code: 3 });
    expect(stdout.read().toString()).toBe('hi\n');
  });

  it('needs a container that runs, and a program that is there', async () => {
    await world.run('web', webPod({ image: 'nosuch:1' }));
    await world.run('good', webPod());
    await world.pass(second);
    const streams = { signal: new AbortController().signal };
    await expect(world.kubelet.agent.exec(await world.pod('web'), options, streams)).rejects.toMatchObject({
      reason: 'InternalError', message: 'Internal error occurred: unable to upgrade connection: container not found ("web")',
    });
    await expect(world.kubelet.agent.exec(await world.pod('good'), { ...options, command: ['nosuch'] }, streams)).rejects.toMatchObject({
      reason: 'InternalError', message: expect.stringContaining('error executing command in container: OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch"'),
    });
  });
});

describe('connections', () => {
  async function get(connection: Promise<NodeJS.ReadWriteStream>): Promise<string> {
    const stream = await connection;
    stream.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  }

  it('reach ports of a pod from within and from its node', async () => {
    await world.run('web', webPod());
    await world.pass(second);
    const pod = await world.pod('web');
    expect(await get(world.kubelet.agent.portForward(pod, 80))).toContain('pod web in namespace default on node node-0');
    expect(await get(world.kubelet.agent.dial(pod.status!.podIP!, 80))).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('need a pod that runs', async () => {
    await world.run('job', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['true'] }] });
    await world.pass(5 * second);
    await expect(world.kubelet.agent.portForward(await world.pod('job'), 80)).rejects.toMatchObject({ message: 'unable to forward port because pod is not running. Current status=Succeeded' });
  });
});
