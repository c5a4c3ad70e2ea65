import { PassThrough, Writable, type Duplex } from 'node:stream';
import type { ExecRequest, LogLine, Runtime } from '../../src/runtime/port';
import { bringUp, containerNamed, containerSpec, forever, nodeName, podIP, sandboxSpec, until, type Harness } from './harness';

function collector(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  return {
    stream: new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    }),
    text: () => Buffer.concat(chunks).toString(),
  };
}

async function execute(runtime: Runtime, id: string, command: string[], more: Partial<ExecRequest> = {}) {
  const [stdout, stderr] = [collector(), collector()];
  const code = await runtime.exec(id, { command, tty: false, stdout: stdout.stream, stderr: stderr.stream, ...more });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

async function all(lines: AsyncIterable<LogLine>): Promise<LogLine[]> {
  const list: LogLine[] = [];
  for await (const line of lines) list.push(line);
  return list;
}

/** Waits until the container has written a line. */
async function speaks(runtime: Runtime, id: string): Promise<void> {
  const stop = new AbortController();
  for await (const _ of runtime.logs(id, { follow: true, signal: stop.signal })) stop.abort();
}

const texts = (lines: LogLine[]) => lines.map(({ data }) => data.toString());

/** Sends a request and reads the first line of the answer. */
/** Reads until the server ends, which it does while our side is open. */
async function statusLine(connection: Duplex): Promise<string> {
  connection.write('GET / HTTP/1.1\r\nHost: pod\r\nConnection: close\r\n\r\n');
  let answer = '';
  for await (const chunk of connection as AsyncIterable<Buffer>) answer += chunk.toString();
  connection.destroy();
  return answer.split('\r\n')[0]!;
}

/** What every runtime has to do. */
export function runtimeContract(open: () => Promise<Harness>): void {
  let harness: Harness;
  let runtime: Runtime;
  beforeAll(async () => {
    harness = await open();
    runtime = harness.runtime;
    await bringUp(runtime);
  }, 120_000);
  afterAll(() => harness?.close(), 60_000);

  /** A pod of one container that runs. */
  async function running(command: string[] | undefined = forever, more: Parameters<typeof containerSpec>[2] = {}, sandbox: Parameters<typeof sandboxSpec>[0] = {}) {
    const spec = sandboxSpec(sandbox);
    const sandboxId = await runtime.createSandbox(spec);
    const id = await runtime.createContainer(sandboxId, containerSpec(harness.image, command, more));
    await runtime.startContainer(id);
    return { spec, sandboxId, id };
  }

  describe('the engine', () => {
    it('tells what it is', async () => {
      expect(await runtime.info()).toEqual({
        version: expect.stringMatching(/^\w+:\/\/\d/), osImage: expect.any(String), kernelVersion: expect.any(String),
        architecture: expect.stringMatching(/^(amd64|arm64)$/), cpus: expect.any(Number), memoryBytes: expect.any(Number),
      });
    });

    it('knows the images that it has', async () => {
      expect(await runtime.imageStatus(harness.image)).toMatchObject({ id: expect.stringMatching(/^sha256:/), repoTags: expect.arrayContaining([harness.image]), sizeBytes: expect.any(Number) });
      expect(await runtime.imageStatus('knarr.test/nosuch:1')).toBeUndefined();
    });

    it('lists the images of a node', async () => {
      await bringUp(runtime);
      await running();
      expect(await runtime.images(nodeName)).toContainEqual(expect.objectContaining({ repoTags: expect.arrayContaining([harness.image]), repoDigests: expect.any(Array), sizeBytes: expect.any(Number) }));
    });

    it('refuses names that are none', async () => {
      await expect(runtime.imageStatus('Not A Name')).rejects.toMatchObject({ name: 'RuntimeFailure', code: 'InvalidImageName' });
      await expect(runtime.pullImage('Not A Name')).rejects.toMatchObject({ name: 'RuntimeFailure', code: 'InvalidImageName' });
    });

    it('says why an image cannot be pulled', async () => {
      await expect(runtime.pullImage('localhost:1/unreachable:1')).rejects.toMatchObject({ name: 'RuntimeFailure', code: 'RegistryUnavailable' });
    });

    it('brings up a node once', async () => {
      const [first, again] = [await bringUp(runtime), await bringUp(runtime)];
      expect(first.address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      expect(again.address).toBe(first.address);
    });
  });

  describe('a sandbox', () => {
    it('is listed with all that adoption needs', async () => {
      const spec = sandboxSpec({ ip: podIP });
      const id = await runtime.createSandbox(spec);
      const [sandbox] = await runtime.snapshot({ podUid: spec.podUid });
      expect(sandbox).toEqual({
        id, podUid: spec.podUid, podName: spec.podName, namespace: 'default', nodeName, attempt: 0, ip: podIP, state: 'ready',
        annotations: { 'knarr.dev/note': 'kept' }, createdAtMs: expect.any(Number), containers: [],
      });
      expect((await runtime.snapshot()).map((one) => one.id)).toContain(id);
      expect(await runtime.snapshot({ nodeName: 'another' })).toEqual([]);
      await runtime.removeSandbox(id);
      expect(await runtime.snapshot({ podUid: spec.podUid })).toEqual([]);
    });

    it('keeps ended containers when it is stopped, and can be stopped and removed twice', async () => {
      const { spec, sandboxId } = await running();
      await runtime.stopSandbox(sandboxId);
      await runtime.stopSandbox(sandboxId);
      const [sandbox] = await until(runtime, spec.podUid, ([one]) => one?.state === 'notready' && one.containers[0]?.state === 'exited');
      expect(sandbox).toMatchObject({ state: 'notready', containers: [{ name: 'main', state: 'exited', exitCode: 137 }] });
      await runtime.removeSandbox(sandboxId);
      await runtime.removeSandbox(sandboxId);
      expect(await runtime.snapshot({ podUid: spec.podUid })).toEqual([]);
    });

    it('takes containers before it runs', async () => {
      const spec = sandboxSpec();
      let created: Promise<string> | undefined;
      const sandboxId = await runtime.createSandbox(spec, (id) => {
        created = runtime.createContainer(id, containerSpec(harness.image, forever));
      });
      await runtime.startContainer((await created)!);
      expect(await runtime.snapshot({ podUid: spec.podUid })).toMatchObject([{ id: sandboxId, containers: [{ state: 'running' }] }]);
    });

    it('comes newest first', async () => {
      const spec = sandboxSpec();
      await runtime.createSandbox(spec);
      await runtime.createSandbox({ ...spec, attempt: 1 });
      expect((await runtime.snapshot({ podUid: spec.podUid })).map(({ attempt }) => attempt)).toEqual([1, 0]);
    });
  });

  describe('a container', () => {
    it('is created, runs, and ends with its exit code', async () => {
      const spec = sandboxSpec();
      const sandboxId = await runtime.createSandbox(spec);
      const id = await runtime.createContainer(sandboxId, containerSpec(harness.image, ['sh', '-c', 'echo one; exit 3']));
      expect(containerNamed(await runtime.snapshot({ podUid: spec.podUid }), 'main')).toMatchObject({ id, state: 'created', specHash: 'h1', image: harness.image, annotations: { 'knarr.dev/restart-policy': 'Never' } });
      await runtime.startContainer(id);
      const container = containerNamed(await until(runtime, spec.podUid, ([sandbox]) => sandbox?.containers[0]?.state === 'exited'), 'main');
      expect(container).toMatchObject({ state: 'exited', exitCode: 3, oomKilled: false, imageId: expect.stringMatching(/^docker(-pullable)?:\/\//) });
      expect(container!.finishedAtMs).toBeGreaterThanOrEqual(container!.startedAtMs!);
    });

    it('is stopped within its grace, and stopping it again is nothing', async () => {
      const { spec, id } = await running(['sh', '-c', 'trap "exit 0" TERM; echo trapped; while true; do sleep 0.1; done']);
      await speaks(runtime, id); // before its trap is set the signal ends it otherwise
      await runtime.stopContainer(id, 10);
      await runtime.stopContainer(id, 10);
      expect(containerNamed(await runtime.snapshot({ podUid: spec.podUid }), 'main')).toMatchObject({ state: 'exited', exitCode: 0 });
      await runtime.removeContainer(id);
      await runtime.removeContainer(id);
      expect((await runtime.snapshot({ podUid: spec.podUid }))[0]!.containers).toEqual([]);
    });

    it('replaces one of its name and attempt that never started', async () => {
      const spec = sandboxSpec();
      const sandboxId = await runtime.createSandbox(spec);
      const first = await runtime.createContainer(sandboxId, containerSpec(harness.image, forever));
      const second = await runtime.createContainer(sandboxId, containerSpec(harness.image, forever));
      expect((await runtime.snapshot({ podUid: spec.podUid }))[0]!.containers.map(({ id }) => id)).toEqual([second]);
      expect(second).not.toBe(first);
    });

    it('needs an image that is there', async () => {
      const sandboxId = await runtime.createSandbox(sandboxSpec());
      await expect(runtime.createContainer(sandboxId, containerSpec('knarr.test/nosuch:1', forever))).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('tells why it cannot start', async () => {
      const spec = sandboxSpec();
      const sandboxId = await runtime.createSandbox(spec);
      const id = await runtime.createContainer(sandboxId, containerSpec(harness.image, ['/no/such/program'], { annotations: { 'knarr.dev/sim-start-error': 'exec: "/no/such/program": no such file' } }));
      await expect(runtime.startContainer(id)).rejects.toMatchObject({ name: 'RuntimeFailure', code: 'StartFailed', message: expect.stringContaining('/no/such/program') });
      expect(containerNamed(await runtime.snapshot({ podUid: spec.podUid }), 'main')).toMatchObject({ state: 'exited', exitCode: 128, message: expect.stringContaining('/no/such/program') });
    });

    it('is told of when it ends', async () => {
      const stop = new AbortController();
      const changes = runtime.watch(nodeName, stop.signal);
      const { spec } = await running(['sh', '-c', 'exit 0']);
      for await (const { podUid } of changes) {
        if (podUid !== spec.podUid && podUid !== '') continue;
        const [sandbox] = await runtime.snapshot({ podUid: spec.podUid });
        if (sandbox!.containers[0]!.state === 'exited') stop.abort();
      }
    });

    it('is adopted by another runtime on the same engine', async () => {
      const { spec, sandboxId, id } = await running();
      const other = await harness.reopen();
      await bringUp(other);
      expect(await other.snapshot({ podUid: spec.podUid })).toEqual(await runtime.snapshot({ podUid: spec.podUid }));
      expect((await execute(other, id, ['echo', 'still here'])).stdout).toBe('still here\n');
      await other.removeSandbox(sandboxId);
    });

    it('has its environment and its mounted files, which change together while it runs', async () => {
      const spec = sandboxSpec();
      const file = (path: string, text: string, mode = 0o644) => ({ path, data: Buffer.from(text), mode });
      await runtime.ensureVolume(spec.podUid, 'config', { type: 'files', files: [file('a.conf', 'one\n'), file('deep/b.conf', 'two\n', 0o600)] });
      await runtime.ensureVolume(spec.podUid, 'scratch', { type: 'empty' });
      const sandboxId = await runtime.createSandbox(spec);
      const id = await runtime.createContainer(sandboxId, containerSpec(harness.image, forever, {
        env: [{ name: 'COLOUR', value: 'blue' }],
        mounts: [{ volume: 'config', mountPath: '/etc/app', readOnly: true }, { volume: 'config', mountPath: '/single.conf', subPath: 'a.conf', readOnly: true }, { volume: 'scratch', mountPath: '/scratch', readOnly: false }],
      }));
      await runtime.startContainer(id);
      expect(await execute(runtime, id, ['sh', '-c', 'echo $COLOUR'])).toEqual({ code: 0, stdout: 'blue\n', stderr: '' });
      expect((await execute(runtime, id, ['cat', '/etc/app/a.conf', '/etc/app/deep/b.conf', '/single.conf'])).stdout).toBe('one\ntwo\none\n');
      expect((await execute(runtime, id, ['hostname'])).stdout).toBe(`${spec.hostname}\n`);
      await runtime.ensureVolume(spec.podUid, 'config', { type: 'files', files: [file('a.conf', 'three\n')] });
      expect((await execute(runtime, id, ['cat', '/etc/app/a.conf'])).stdout).toBe('three\n');
      expect((await execute(runtime, id, ['cat', '/etc/app/deep/b.conf'])).code).toBe(1);
      await runtime.removeSandbox(sandboxId);
      await runtime.removeVolumes(spec.podUid);
    });

    it('has persistent volumes that outlive it until they are erased, which may be done twice', async () => {
      const persistent = { type: 'persistent', id: 'pvc-1' } as const;
      const spec = sandboxSpec();
      await runtime.ensureVolume(spec.podUid, 'data', persistent);
      await runtime.removeVolumes(spec.podUid);
      await runtime.eraseVolume(persistent);
      await runtime.eraseVolume(persistent);
      await runtime.eraseVolume({ type: 'host', path: '/nowhere/at/all', kind: '' });
    });

    it('gets other amounts while it runs', async () => {
      const { id, spec } = await running(forever, { resources: { cpuRequestMillis: 100, cpuLimitMillis: 200, memoryRequestBytes: 2 ** 24, memoryLimitBytes: 2 ** 25 } });
      const has = async () => containerNamed(await runtime.snapshot({ podUid: spec.podUid }), 'main')!.resources;
      expect(await has()).toMatchObject({ cpuRequestMillis: 100, cpuLimitMillis: 200, memoryLimitBytes: 2 ** 25 });
      await runtime.updateContainer(id, { cpuRequestMillis: 41, cpuLimitMillis: 300, memoryLimitBytes: 2 ** 26 });
      await until(runtime, spec.podUid, (sandboxes) => containerNamed(sandboxes, 'main')!.resources?.cpuLimitMillis === 300);
      expect(await has()).toMatchObject({ cpuRequestMillis: 41, cpuLimitMillis: 300, memoryLimitBytes: 2 ** 26 });
    });

    it('can be measured while it runs', async () => {
      const { id } = await running();
      expect(await runtime.stats(id)).toEqual({ timeMs: expect.any(Number), cpuNanoseconds: expect.any(Number), memoryWorkingSetBytes: expect.any(Number) });
    });
  });

  describe('exec', () => {
    it('carries output and exit code', async () => {
      const { id } = await running();
      expect(await execute(runtime, id, ['sh', '-c', 'echo out; nosuchcommand; exit 7'])).toEqual({ code: 7, stdout: 'out\n', stderr: expect.stringContaining('nosuchcommand: not found') });
    });

    it('reads stdin to its end', async () => {
      const { id } = await running();
      const stdin = new PassThrough();
      stdin.end('echo from stdin\nexit 4\n');
      expect(await execute(runtime, id, ['sh'], { stdin })).toMatchObject({ code: 4, stdout: 'from stdin\n' });
    });

    it('runs a terminal, of a size', async () => {
      const { id } = await running();
      async function* sizes() {
        yield { width: 100, height: 40 };
      }
      const stdin = new PassThrough();
      stdin.write('echo $COLUMNS in a terminal\n');
      stdin.end('exit 5\n');
      const outcome = await execute(runtime, id, ['sh'], { stdin, tty: true, resize: sizes() });
      expect(outcome.code).toBe(5);
      expect(outcome.stdout).toContain('in a terminal');
    });

    it('refuses a program that is not there', async () => {
      const { id } = await running();
      await expect(execute(runtime, id, ['nosuchprogram'])).rejects.toMatchObject({ name: 'RuntimeFailure', message: expect.stringContaining('nosuchprogram') });
    });

    it('refuses a container that does not run', async () => {
      await expect(execute(runtime, 'f00d', ['true'])).rejects.toMatchObject({ name: 'RuntimeFailure', code: 'NotFound' });
    });
  });

  describe('attach', () => {
    it('ends with the container', async () => {
      const { id } = await running(['sh', '-c', 'echo here; sleep 60']);
      const stdout = collector();
      const attached = runtime.attach(id, { tty: false, stdout: stdout.stream, fromStart: true });
      while (stdout.text() !== 'here\n') await new Promise((resolve) => setTimeout(resolve, 10));
      await runtime.stopContainer(id, 1);
      await attached;
    });

    it('refuses a container that has ended', async () => {
      const { spec, id } = await running(['sh', '-c', 'exit 0']);
      await until(runtime, spec.podUid, ([sandbox]) => sandbox?.containers[0]?.state === 'exited');
      await expect(runtime.attach(id, { tty: false, stdin: new PassThrough(), stdout: collector().stream })).rejects.toMatchObject({ name: 'RuntimeFailure', message: expect.stringContaining('is not running') });
    });

    it('gives what was written before, where that is wanted, of a container that has ended, too', async () => {
      const { spec, id } = await running(['sh', '-c', 'echo early; exit 0']);
      await until(runtime, spec.podUid, ([sandbox]) => sandbox?.containers[0]?.state === 'exited');
      const stdout = collector();
      await runtime.attach(id, { tty: false, stdout: stdout.stream, fromStart: true });
      expect(stdout.text()).toBe('early\n');
    });

    it('gives what is written from now on', async () => {
      const { id } = await running(['sh', '-c', 'echo early; sleep 2; echo late; exit 0']);
      await speaks(runtime, id);
      const stdout = collector();
      await runtime.attach(id, { tty: false, stdout: stdout.stream });
      expect(stdout.text()).toBe('late\n');
    });

    it('ends when it is given up', async () => {
      const { id } = await running();
      const stop = new AbortController();
      const attached = runtime.attach(id, { tty: false, stdout: collector().stream, signal: stop.signal });
      stop.abort();
      await attached;
    });
  });

  describe('logs', () => {
    it('come in order, with times, from either end', async () => {
      const { spec, id } = await running(['sh', '-c', 'echo one; echo two; echo three; exit 0']);
      await until(runtime, spec.podUid, ([sandbox]) => sandbox?.containers[0]?.state === 'exited');
      const lines = await all(runtime.logs(id, { follow: false }));
      expect(texts(lines)).toEqual(['one\n', 'two\n', 'three\n']);
      expect(lines[0]).toMatchObject({ stream: 'stdout', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/) });
      expect(texts(await all(runtime.logs(id, { follow: false, tailLines: 1 })))).toEqual(['three\n']);
      expect(texts(await all(runtime.logs(id, { follow: false, tailLines: 0 })))).toEqual([]);
      expect(texts(await all(runtime.logs(id, { follow: false, sinceMs: Date.now() + 60_000 })))).toEqual([]);
    });

    it('follow to the end of the container', async () => {
      const { id } = await running(['sh', '-c', 'echo early; sleep 0.2; echo late; exit 0']);
      expect(texts(await all(runtime.logs(id, { follow: true })))).toEqual(['early\n', 'late\n']);
    });

    it('follow until they are given up', async () => {
      const { id } = await running(['sh', '-c', 'echo here; while true; do sleep 1; done']);
      const stop = new AbortController();
      const seen: string[] = [];
      for await (const { data } of runtime.logs(id, { follow: true, signal: stop.signal })) {
        seen.push(data.toString());
        stop.abort();
      }
      expect(seen).toEqual(['here\n']);
    });
  });

  describe('the network', () => {
    const server = ['sh', '-c', 'mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p 8080 -h /www'];

    async function answer(dial: () => Promise<Duplex>): Promise<string> {
      for (let tries = 0; ; tries++) {
        try {
          const line = await statusLine(await dial());
          if (line) return line;
        } catch (error) {
          if (tries > 50) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }

    it('reaches a pod by its address, and its loopback', async () => {
      const network = await bringUp(runtime);
      const { sandboxId } = await running(server, {}, { ip: '10.250.0.10' });
      expect(await answer(() => network.dial('10.250.0.10', 8080))).toBe('HTTP/1.1 200 OK');
      expect(await answer(() => runtime.portForward(sandboxId, 8080))).toBe('HTTP/1.1 200 OK');
      await runtime.removeSandbox(sandboxId);
    });

    it('refuses an address that no pod has', async () => {
      const network = await bringUp(runtime);
      await expect(network.dial('10.250.0.200', 80)).rejects.toThrow();
    });
  });
}
