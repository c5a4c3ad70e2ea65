import { canUnshare } from '../../../src/runtime/docker/own-network';
import { describeWithEngine } from '../../support/engine';
import { bringUp, containerSpec, dockerHarness, forever, podIP, sandboxSpec, type Harness } from '../harness';
import { PassThrough } from 'node:stream';

jest.setTimeout(60_000);

const docker = { Components: [{ Name: 'Engine' }, { Name: 'containerd' }] };

describe('sandboxes make their network themselves', () => {
  it.each([
    ['Docker', { SecurityOptions: ['name=seccomp,profile=default'] }, docker, true],
    ['an engine that says nothing', {}, {}, false],
    ['Podman, which joins what the configuration says', {}, { Components: [{ Name: 'Podman Engine' }] }, false],
    ['user namespaces, which have no host network', { SecurityOptions: ['name=seccomp', 'name=userns'] }, docker, false],
    ['rootless', { SecurityOptions: ['name=rootless'] }, docker, false],
  ])('%s', (_, info, version, expected) => {
    expect(canUnshare(info, version)).toBe(expected);
  });
});

describeWithEngine('the network of a pod', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await dockerHarness('own-network');
    await bringUp(harness.runtime);
  }, 120_000);
  afterAll(() => harness?.close(), 60_000);

  async function inPod(sandbox: Parameters<typeof sandboxSpec>[0], script: string): Promise<string> {
    const { runtime, image } = harness;
    const id = await runtime.createContainer(await runtime.createSandbox(sandboxSpec(sandbox)), containerSpec(image, forever));
    await runtime.startContainer(id);
    const stdout = new PassThrough().setEncoding('utf8');
    let text = '';
    stdout.on('data', (chunk: string) => (text += chunk));
    await runtime.exec(id, { command: ['sh', '-c', script], tty: false, stdout });
    return text;
  }

  const script = 'ls /sys/class/net; ip -4 -o addr | sed "s/.*inet //; s/ .*//"; cat /proc/sys/net/ipv4/ip_unprivileged_port_start; hostname; grep -c 10.96.0.10 /etc/resolv.conf';

  it.each([
    ['made by the sandbox', {}],
    ['made by the engine, where sysctls are asked for', { sysctls: { 'net.ipv4.tcp_syncookies': '0' } }],
  ])('%s', async (_, more) => {
    expect((await inPod({ ip: podIP, hostname: 'web-0', ...more }, script)).split('\n')).toEqual(['eth0', 'lo', '127.0.0.1/8', `${podIP}/32`, '0', 'web-0', '1', '']);
  });

  it('is not held by a privileged process', async () => {
    expect(await inPod({ ip: '10.250.0.10', shareProcessNamespace: true }, 'grep -E "^(Uid|CapEff)" /proc/1/status | cut -f2')).toBe('65534\n0000000000000000\n');
  });
});
