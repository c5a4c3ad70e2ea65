import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Mount, Runtime, VolumeContent } from '../../../src/runtime/port';
import { describeWithEngine } from '../../support/engine';
import { bringUp, containerSpec, dockerHarness, forever, sandboxSpec, type Harness } from '../harness';

jest.setTimeout(60_000);

describeWithEngine('volumes on Docker', () => {
  let harness: Harness;
  let runtime: Runtime;
  let scratch: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'knarr-host-'));
    harness = await dockerHarness('volumes');
    runtime = harness.runtime;
    await bringUp(runtime);
  }, 120_000);
  afterAll(async () => {
    await harness?.close();
    await rm(scratch, { recursive: true, force: true });
  }, 60_000);

  async function start(volumes: Record<string, VolumeContent>, mounts: Mount[], user?: string) {
    const spec = sandboxSpec();
    for (const [name, content] of Object.entries(volumes)) await runtime.ensureVolume(spec.podUid, name, content);
    const sandboxId = await runtime.createSandbox(spec);
    const id = await runtime.createContainer(sandboxId, containerSpec(harness.image, forever, { mounts, terminationMessagePath: '/dev/termination-log', security: user ? { user } : {} }));
    await runtime.startContainer(id);
    const shell = async (script: string) => {
      const stdout = new PassThrough();
      const chunks: Buffer[] = [];
      stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      const code = await runtime.exec(id, { command: ['sh', '-c', script], tty: false, stdout, stderr: stdout });
      return { code, output: Buffer.concat(chunks).toString() };
    };
    return { spec, sandboxId, id, shell };
  }

  const mount = (volume: string, mountPath: string, more: Partial<Mount> = {}): Mount => ({ volume, mountPath, readOnly: false, ...more });

  it('are there for users of every kind, and removed with what root left in them', async () => {
    const { spec, sandboxId, shell } = await start({ data: { type: 'empty', group: 2000 } }, [mount('data', '/data')], '1000:1000');
    expect(await shell('mkdir /data/d && echo x > /data/d/f && stat -c %g /data/d')).toEqual({ code: 0, output: '2000\n' });
    await runtime.removeSandbox(sandboxId);
    await runtime.removeVolumes(spec.podUid);
    await runtime.removeVolumes(spec.podUid);
  });

  it('in memory last as long as the pod, also while no container mounts them', async () => {
    const { sandboxId, id, shell } = await start({ ram: { type: 'empty', medium: 'Memory', sizeLimitBytes: 2 ** 20 } }, [mount('ram', '/ram')]);
    expect((await shell('grep " /ram tmpfs " /proc/mounts && echo kept > /ram/f && head -c 2000000 /dev/zero > /ram/big')).code).not.toBe(0);
    await runtime.stopContainer(id, 1);
    const second = await runtime.createContainer(sandboxId, containerSpec(harness.image, forever, { attempt: 1, mounts: [mount('ram', '/ram')] }));
    await runtime.startContainer(second);
    const stdout = new PassThrough();
    await runtime.exec(second, { command: ['cat', '/ram/f'], tty: false, stdout });
    expect(stdout.read().toString()).toBe('kept\n');
  });

  it('come from the host where they are what they shall be', async () => {
    await writeFile(join(scratch, 'file'), 'from the host');
    const { shell } = await start({
      dir: { type: 'host', path: join(scratch, 'made'), kind: 'DirectoryOrCreate' }, file: { type: 'host', path: join(scratch, 'file'), kind: 'File' }, any: { type: 'host', path: join(scratch, 'any'), kind: '' },
    }, [mount('dir', '/dir'), mount('file', '/file', { readOnly: true }), mount('any', '/any')]);
    expect(await shell('cat /file; echo back > /dir/x; echo any > /any/x; echo no > /file')).toMatchObject({ output: expect.stringContaining('from the host') });
    expect(await readFile(join(scratch, 'made/x'), 'utf8')).toBe('back\n');
    expect(existsSync(join(scratch, 'any/x'))).toBe(true);
    expect(await readFile(join(scratch, 'file'), 'utf8')).toBe('from the host');
    const wrong = { type: 'host', path: join(scratch, 'file'), kind: 'Directory' } as const;
    await expect(runtime.ensureVolume('u', 'v', wrong)).rejects.toMatchObject({ message: `hostPath type check failed: ${scratch}/file is not a directory` });
  });

  it('keep a subPath inside, also against links', async () => {
    const { spec, sandboxId, shell } = await start({ data: { type: 'empty' } }, [mount('data', '/data'), mount('data', '/sub', { subPath: 'made/here' })]);
    await shell('echo x > /sub/f; ln -s / /data/root');
    expect((await shell('cat /data/made/here/f')).output).toBe('x\n');
    await expect(runtime.createContainer(sandboxId, containerSpec(harness.image, forever, { name: 'bad', mounts: [mount('data', '/x', { subPath: 'root' })] })))
      .rejects.toMatchObject({ message: 'subPath root leads out of its volume' });
    await runtime.removeSandbox(sandboxId);
    await runtime.removeVolumes(spec.podUid);
  });

  it('that persist outlive their pod', async () => {
    const content: VolumeContent = { type: 'persistent', id: 'pv-1' };
    const first = await start({ data: content }, [mount('data', '/data')]);
    await first.shell('echo kept > /data/f');
    await runtime.removeSandbox(first.sandboxId);
    await runtime.removeVolumes(first.spec.podUid);
    const second = await start({ data: content }, [mount('data', '/data')]);
    expect((await second.shell('cat /data/f')).output).toBe('kept\n');
  });

  it('hold the files of an image', async () => {
    const content: VolumeContent = { type: 'image', reference: harness.image };
    const { spec, sandboxId, shell } = await start({ tools: content }, [mount('tools', '/tools', { readOnly: true })]);
    await runtime.ensureVolume(spec.podUid, 'tools', content);
    expect(await shell('[ -x /tools/bin/busybox ] && /tools/bin/busybox echo works; touch /tools/x')).toMatchObject({ output: expect.stringMatching(/^works\ntouch: .*Read-only file system/) });
    await runtime.removeSandbox(sandboxId);
    await runtime.removeVolumes(spec.podUid);
    await expect(runtime.ensureVolume(spec.podUid, 'none', { type: 'image', reference: 'knarr-none:1' })).rejects.toMatchObject({ message: expect.stringContaining('knarr-none:1') });
  });

  it('say why an NFS server cannot be mounted', async () => {
    const content: VolumeContent = { type: 'nfs', server: '127.0.0.1', path: '/none', readOnly: true };
    await expect(runtime.ensureVolume('nfs-pod', 'share', content)).rejects.toMatchObject({ message: expect.stringContaining('failed to mount local volume') });
    await runtime.removeVolumes('nfs-pod');
  });

  it('hold the last word of a container', async () => {
    const { spec, id, shell } = await start({}, []);
    await shell('printf bye > /dev/termination-log');
    await runtime.stopContainer(id, 5);
    expect((await runtime.snapshot({ podUid: spec.podUid }))[0]!.containers[0]).toMatchObject({ terminationMessage: 'bye' });
  });
});
