import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { eventually, run, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithEngine } from '../support/engine';
import { kubectlPath } from '../support/oracle';

jest.setTimeout(180_000);

const profile = 'e2e-docker';
const guestbook = join(__dirname, '../../examples/guestbook.yaml');

const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim().split('\n').filter(Boolean);
const containersOf = (name: string) => docker('ps', '-aq', '--no-trunc', '--filter', `label=knarr.profile=${name}`);
const page = (port: number) => new Promise<string>((resolve, reject) => {
  get({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => resolve(body));
  }).on('error', reject);
});

describeWithEngine('a real application on Docker', () => {
  let cluster: TestCluster;
  const ok = (args: string[], stdin?: string) => {
    const { stdout, stderr, code } = cluster.kubectl(args, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  beforeAll(() => {
    execFileSync('node', ['scripts/images.mjs'], { cwd: join(__dirname, '../..'), stdio: 'pipe' });
    cluster = startedCluster(profile, 'docker');
  });
  afterAll(() => {
    cluster?.destroy();
    expect(containersOf(profile)).toEqual([]);
  });

  it('runs the guestbook and answers on the NodePort', async () => {
    ok(['apply', '-f', guestbook]);
    ok(['wait', '--for=condition=Available', 'deployment', '--all', '--timeout=120s']);
    expect(ok(['get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}'])).toBe('3');
    expect(await eventually(() => page(30080))).toContain('<');
  });

  it('serves an Ingress, without a failed request while pods come and go', async () => {
    ok(['create', 'ingress', 'web', '--rule=shop.example.com/*=web:80']);
    const { ingress: [url] } = JSON.parse(cluster.knarr(['status', '--profile', profile, '-o', 'json']).stdout) as { ingress: string[] };
    const ask = () => new Promise<number>((resolve, reject) => {
      get(url!, { agent: false, headers: { host: 'shop.example.com' } }, (response) => response.resume().on('end', () => resolve(response.statusCode!)).on('error', reject)).on('error', reject);
    });
    await eventually(async () => await ask() === 200);
    expect(ok(['get', 'ingress', 'web', '--no-headers'])).toMatch(/^web +knarr +shop\.example\.com +127\.0\.0\.1 +80 /);
    const failures: string[] = [];
    let running = true;
    let answered = 0;
    const load = Promise.all([1, 2, 3, 4].map(async () => {
      while (running) await ask().then((status) => (status === 200 ? answered++ : failures.push(`status ${status}`)), (error: Error) => failures.push(error.message));
    }));
    for (const replicas of ['5', '1', '3']) {
      ok(['scale', 'deployment', 'web', `--replicas=${replicas}`]);
      await eventually(() => ok(['get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas} {.status.replicas}']) === `${replicas} ${replicas}`);
      await eventually(() => ok(['get', 'pods', '-l', 'tier=web', '-o', 'name']).trim().split('\n').length === Number(replicas));
    }
    running = false;
    await load;
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(10);
  });

  it('reaches a Service by name from another pod, and the API at its own', async () => {
    ok(['run', 'client', '--image=busybox:1.36', '--restart=Never', '--', 'sleep', '3600']);
    ok(['wait', '--for=condition=Ready', 'pod/client', '--timeout=60s']);
    expect(ok(['exec', 'client', '--', 'wget', '-qO-', '-T', '5', 'http://web'])).toContain('<');
    expect(ok(['exec', 'client', '--', 'nslookup', 'web.default.svc.cluster.local'])).toMatch(/Address.*10\.\d+/);
    expect(ok(['exec', 'client', '--', 'sh', '-c', 'echo PING | nc -w 2 redis 6379'])).toContain('PONG');
    expect(JSON.parse(ok(['exec', 'client', '--', 'wget', '-qO-', '-T', '5', '--no-check-certificate', 'https://kubernetes.default.svc/version']))).toMatchObject({ major: '1', minor: '33' });
  });

  it('gives all that a short command wrote to the one who ran it, with its exit code', () => {
    for (const name of ['brief-1', 'brief-2']) {
      expect(run(kubectlPath(), ['run', name, '--image=busybox:1.36', '--rm', '-i', '--restart=Never', '--', 'echo', name], cluster.env)).toMatchObject({ code: 0, stdout: `${name}\npod "${name}" deleted\n` });
    }
    expect(run(kubectlPath(), ['run', 'told', '--image=busybox:1.36', '--rm', '-i', '--restart=Never', '--', 'sh'], cluster.env, 'echo by stdin; exit 3')).toMatchObject({ code: 3, stdout: expect.stringContaining('by stdin\n') });
  });

  it('gives logs, exec with its exit code, and streams', () => {
    expect(cluster.kubectl(['exec', 'client', '--', 'sh', '-c', 'exit 7']).code).toBe(7);
    expect(ok(['exec', '-i', 'client', '--', 'cat'], 'through and back')).toBe('through and back');
    const spdy = { ...cluster.env, KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false' };
    expect(run(kubectlPath('v32'), ['exec', '-i', 'client', '--', 'sh', '-c', 'cat; exit 7'], spdy, 'as before 1.31')).toMatchObject({ code: 7, stdout: 'as before 1.31' });
    ok(['run', 'talker', '--image=busybox:1.36', '--restart=Never', '--', 'sh', '-c', 'echo one; echo two >&2; sleep 3600']);
    ok(['wait', '--for=condition=Ready', 'pod/talker', '--timeout=60s']);
    return eventually(() => ok(['logs', 'talker']).includes('one\n') && ok(['logs', 'talker']).includes('two\n'));
  });

  it('tells what containers use', async () => {
    ok(['run', 'burner', '--image=busybox:1.36', '--restart=Never', '--', 'sh', '-c', 'while :; do :; done']);
    ok(['wait', '--for=condition=Ready', 'pod/burner', '--timeout=60s']);
    const millicores = () => Number(/ (\d+)m/.exec(ok(['top', 'pod', 'burner', '--no-headers']))?.[1]);
    await eventually(() => millicores() > 50);
    expect(ok(['top', 'pod', '--containers', '-l', 'run=burner', '--no-headers'])).toMatch(/^burner +burner +\d+m +\d+Mi/);
    await eventually(() => Number(/ (\d+)m/.exec(ok(['top', 'node', '--no-headers']))?.[1]) > 50);
    ok(['delete', 'pod', 'burner', '--grace-period=0', '--force']);
  });

  it('restarts what exits, with back-off', async () => {
    ok(['run', 'crash', '--image=busybox:1.36', '--', 'sh', '-c', 'exit 1']);
    await eventually(() => ok(['get', 'pod', 'crash', '--no-headers']).includes('CrashLoopBackOff'));
    expect(Number(ok(['get', 'pod', 'crash', '-o', 'jsonpath={.status.containerStatuses[0].restartCount}']))).toBeGreaterThan(0);
  });

  it('says why an image cannot be had', async () => {
    ok(['run', 'noimage', '--image=knarr.invalid/nosuch:1']);
    await eventually(() => /ErrImagePull|ImagePullBackOff/.test(ok(['get', 'pod', 'noimage', '--no-headers'])));
    expect(ok(['describe', 'pod', 'noimage'])).toContain('Failed to pull image "knarr.invalid/nosuch:1"');
    ok(['delete', 'pod', 'noimage', 'crash', '--grace-period=0', '--force']);
  });

  it('says on the Service that its port is taken on the host', async () => {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(30999, '0.0.0.0', () => resolve()));
    try {
      const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'taken' }, spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30999 }] } };
      ok(['create', '-f', '-'], JSON.stringify(service));
      await eventually(() => ok(['describe', 'service', 'taken']).includes('30999'));
      await eventually(() => /Warning.*30999/.test(ok(['describe', 'service', 'taken'])));
    } finally {
      server.close();
      ok(['delete', 'service', 'taken']);
    }
  });

  it('adopts running containers after SIGKILL: none is made anew, and traffic goes on', async () => {
    const pods = () => ok(['get', 'pods', '-l', 'app=web', '-o', 'jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{"\\n"}{end}']).split('\n').sort();
    const before = { pods: pods(), containers: containersOf(profile).sort() };
    process.kill(cluster.pid(), 'SIGKILL');
    await eventually(() => cluster.knarr(['status', '--profile', profile]).code === 1);
    expect(cluster.knarr(['start', '--profile', profile]).code).toBe(0);
    await eventually(() => page(30080));
    expect(pods()).toEqual(before.pods);
    expect(containersOf(profile).sort()).toEqual(before.containers);
    expect(await eventually(() => ok(['exec', 'client', '--', 'wget', '-qO-', '-T', '5', 'http://web']))).toContain('<');
  });

  it('ends its pods on stop and brings them back on start', async () => {
    expect(cluster.knarr(['stop', '--profile', profile]).code).toBe(0);
    expect(docker('ps', '-q', '--filter', `label=knarr.profile=${profile}`)).toEqual([]);
    expect(cluster.knarr(['start', '--profile', profile]).code).toBe(0);
    ok(['wait', '--for=condition=Available', 'deployment/web', '--timeout=120s']);
    expect(await eventually(() => page(30080))).toContain('<');
  });
});
