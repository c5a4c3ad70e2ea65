import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { startedCluster, testCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(60_000);

/** A process that ended but that nobody waits for (a container's first process may not) has an empty command line. */
const alive = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
};

describe('a cluster on the simulated runtime', () => {
  let cluster: TestCluster;
  beforeAll(() => { cluster = startedCluster('life', 'sim'); });
  afterAll(() => cluster.destroy());

  it('tells its status, for people and for scripts', () => {
    const { stdout, code } = cluster.knarr(['status', '--profile', 'life', '-o', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'life', running: true, runtime: 'sim', pid: cluster.pid(), context: 'life', nodes: [{ name: 'life', status: 'Ready' }],
      apiServer: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      ingress: [expect.stringMatching(/^http:\/\/127\.0\.0\.1/), expect.stringMatching(/^https:\/\/127\.0\.0\.1/)],
    });
    expect(cluster.knarr(['status', '--profile', 'life']).stdout).toContain('running');
  });

  it('forbids a request without credentials', async () => {
    const { apiServer } = JSON.parse(cluster.knarr(['status', '--profile', 'life', '-o', 'json']).stdout) as { apiServer: string };
    const response = await new Promise<{ code?: number; body: string }>((resolve, reject) => {
      request(`${apiServer}/api/v1/pods`, { rejectUnauthorized: false }, (message) => {
        let body = '';
        message.on('data', (chunk) => { body += chunk; }).on('end', () => resolve({ code: message.statusCode, body }));
      }).on('error', reject).end();
    });
    expect(response.code).toBe(403);
    expect(JSON.parse(response.body)).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
  });

  it('lets kubectl in through the context that it wrote', () => {
    expect(cluster.kubectl(['config', 'current-context']).stdout).toBe('life\n');
    expect(cluster.kubectl(['get', 'nodes', '-o', 'name']).stdout).toBe('node/life\n');
    expect(statSync(cluster.kubeconfig).mode & 0o777).toBe(0o600);
  });

  it('says that it runs already', () => {
    const before = cluster.pid();
    const { stdout, code } = cluster.knarr(['start', '--profile', 'life']);
    expect({ stdout, code }).toEqual({ stdout: `Cluster "life" runs already (pid ${before}).\n`, code: 0 });
    expect(cluster.pid()).toBe(before);
  });

  it('keeps its objects over stop and start', () => {
    const pid = cluster.pid();
    expect(cluster.kubectl(['create', 'configmap', 'kept', '--from-literal=a=b']).code).toBe(0);
    for (const [name, port] of [['stays', 30101], ['goes', 30102]]) expect(cluster.kubectl(['create', 'service', 'nodeport', `${name}`, '--tcp=80', `--node-port=${port}`]).code).toBe(0);
    const addressOf = (name: string) => cluster.kubectl(['get', 'service', name, '-o', 'jsonpath={.spec.clusterIP}']).stdout;
    const [held, free] = [addressOf('stays'), addressOf('goes')];
    expect(cluster.kubectl(['delete', 'service', 'goes']).code).toBe(0);
    expect(cluster.knarr(['stop', '--profile', 'life'])).toMatchObject({ code: 0, stdout: 'Cluster "life" stopped.\n' });
    expect(alive(pid)).toBe(false);
    expect(cluster.knarr(['status', '--profile', 'life']).code).toBe(1);
    expect(cluster.knarr(['start', '--profile', 'life']).code).toBe(0);
    expect(cluster.kubectl(['get', 'configmap', 'kept', '-o', 'jsonpath={.data.a}']).stdout).toBe('b');
    // Addresses and ports of Services: held as long as these are there, and no longer.
    const ask = (name: string, clusterIP: string, nodePort: number) => cluster.kubectl(['apply', '-f', '-'], JSON.stringify({
      apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { type: 'NodePort', clusterIP, ports: [{ port: 80, nodePort }] } }));
    expect(ask('again', held, 30103).stderr).toContain(`failed to allocate IP ${held}: provided IP is already allocated`);
    expect(ask('again', free, 30101).stderr).toContain('provided port is already allocated');
    expect(ask('again', free, 30102)).toMatchObject({ code: 0, stdout: 'service/again created\n' });
  });

  it('has every acknowledged write after SIGKILL', async () => {
    const acknowledged: string[] = [];
    const pid = cluster.pid();
    setTimeout(() => process.kill(pid, 'SIGKILL'), 1500);
    for (let index = 0; alive(pid); index++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (cluster.kubectl(['create', 'configmap', `w${index}`]).code === 0) acknowledged.push(`w${index}`);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(cluster.knarr(['status', '--profile', 'life']).code).toBe(1);
    expect(cluster.knarr(['start', '--profile', 'life']).code).toBe(0);
    const names = cluster.kubectl(['get', 'configmaps', '-o', 'jsonpath={.items[*].metadata.name}']).stdout.split(' ');
    expect(acknowledged.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('bad surroundings', () => {
  let cluster: TestCluster;
  const start = (...args: string[]) => cluster.knarr(['start', '--profile', 'bad', '--runtime', 'sim', ...args]);
  beforeEach(() => { cluster = testCluster('bad'); });
  afterEach(() => cluster.destroy());

  it('refuses a kubeconfig that is broken, names it, and starts nothing', () => {
    mkdirSync(dirname(cluster.kubeconfig), { recursive: true });
    writeFileSync(cluster.kubeconfig, 'apiVersion: v1\nclusters: [\n');
    const { code, stderr } = start();
    expect(code).toBe(1);
    expect(stderr).toContain(cluster.kubeconfig);
    expect(readFileSync(cluster.kubeconfig, 'utf8')).toBe('apiVersion: v1\nclusters: [\n');
    expect(existsSync(join(cluster.home, 'state', 'bad', 'knarr.pid'))).toBe(false);
  });

  it('refuses to overwrite a context that it did not write', () => {
    mkdirSync(dirname(cluster.kubeconfig), { recursive: true });
    const foreign = 'apiVersion: v1\nkind: Config\nclusters:\n- name: bad\n  cluster: {server: "https://example.com"}\ncontexts:\n- name: bad\n  context: {cluster: bad, user: me}\n';
    writeFileSync(cluster.kubeconfig, foreign);
    const { code, stderr } = start();
    expect(code).toBe(1);
    expect(stderr).toContain('"bad"');
    expect(readFileSync(cluster.kubeconfig, 'utf8')).toBe(foreign);
  });

  it('keeps everything that a kubeconfig holds', () => {
    mkdirSync(dirname(cluster.kubeconfig), { recursive: true });
    const mine = '# mine\napiVersion: v1\nkind: Config\nclusters:\n- name: work # office\n  cluster: {server: "https://example.com"}\ncontexts:\n- name: work\n  context: {cluster: work, user: me}\ncurrent-context: work\nusers:\n- name: me\n  user: {token: abc}\npreferences: {colors: true}\n';
    writeFileSync(cluster.kubeconfig, mine);
    expect(start().code).toBe(0);
    expect(cluster.kubectl(['config', 'get-contexts', '-o', 'name']).stdout).toBe('bad\nwork\n');
    expect(readFileSync(cluster.kubeconfig, 'utf8')).toContain('# mine');
    expect(cluster.knarr(['destroy', '--profile', 'bad']).code).toBe(0);
    expect(cluster.kubectl(['config', 'get-contexts', '-o', 'name']).stdout).toBe('work\n');
    expect(readFileSync(cluster.kubeconfig, 'utf8')).toContain('token: abc');
  });

  it('refuses to have no node', () => {
    expect(testCluster('none').knarr(['start', '--profile', 'none', '--nodes', '0'])).toMatchObject({ code: 1, stderr: 'error: --nodes 0 is not between 1 and 5000\n' });
  });

  it('names the port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
    const { code, stderr } = start('--api-port', String(port));
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(existsSync(join(cluster.home, 'state', 'bad', 'knarr.pid'))).toBe(false);
  });

  it('names the state directory that cannot be written', () => {
    writeFileSync(join(cluster.home, 'state'), 'a file, not a folder');
    const { code, stderr } = start();
    expect(code).toBe(1);
    expect(stderr).toContain(join(cluster.home, 'state'));
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('refuses a store that is damaged and leaves it as it is', () => {
    const store = join(cluster.home, 'state', 'bad', 'store');
    mkdirSync(store, { recursive: true });
    writeFileSync(join(store, 'data.mdb'), 'this is not a database');
    const { code, stderr } = start();
    expect(code).toBe(1);
    expect(stderr).toContain(store);
    expect(readFileSync(join(store, 'data.mdb'), 'utf8')).toBe('this is not a database');
  });

  it('tells scripts each step as a JSON event', () => {
    const { stdout, code } = start('-o', 'json');
    const events = stdout.trim().split('\n').map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(0);
    expect(new Set(events.slice(0, -1).map(({ type }) => type))).toEqual(new Set(['step']));
    expect(events.at(-1)).toMatchObject({ type: 'ready', profile: 'bad', runtime: 'sim', context: 'bad', nodes: ['bad'], apiServer: expect.stringMatching(/^https:/) });
  });

  it('refuses a profile that is no name', () => {
    expect(cluster.knarr(['start', '--profile', '../evil'])).toMatchObject({ code: 1, stderr: expect.stringContaining('../evil') });
  });

  it('destroys only what is its own', () => {
    expect(start().code).toBe(0);
    const other = join(cluster.home, 'state', 'other');
    mkdirSync(other);
    chmodSync(other, 0o700);
    expect(cluster.knarr(['destroy', '--profile', 'bad']).code).toBe(0);
    expect(existsSync(join(cluster.home, 'state', 'bad'))).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(cluster.knarr(['destroy', '--profile', 'bad'])).toMatchObject({ code: 0, stdout: 'There is no cluster "bad".\n' });
  });
});

const asRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

(asRootOnLinux ? describe : describe.skip)('a state directory that cannot be written (needs root to mount one)', () => {
  let cluster: TestCluster;
  const mount = (...options: string[]) => execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', join(cluster.home, 'state')]);
  const fill = () => { try { writeFileSync(join(cluster.home, 'state', 'filler'), Buffer.alloc(1 << 24)); } catch { /* full, as wanted */ } };
  const start = () => cluster.knarr(['start', '--profile', 'full', '--runtime', 'sim']);
  beforeEach(() => {
    cluster = testCluster('full');
    mkdirSync(join(cluster.home, 'state'));
  });
  afterEach(() => {
    cluster.knarr(['destroy', '--profile', 'full']);
    execFileSync('umount', [join(cluster.home, 'state')]);
    cluster.destroy();
  });

  it('says that the file system is read-only', () => {
    mount('ro');
    expect(start()).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot keep the cluster's state in .*state\/full: the file system is read-only/) });
  });

  it('says that it is full, and leaves nothing behind', () => {
    mount('size=512k');
    fill();
    expect(start()).toMatchObject({ code: 1, stderr: expect.stringMatching(/state\/full\/knarr\.pid.*no space left/) });
    expect(existsSync(join(cluster.home, 'state', 'full', 'knarr.pid'))).toBe(false);
  });

  it('refuses writes while it is full, and loses nothing', () => {
    // Once the filler is gone, what the log holds has to fit into the base, too.
    mount('size=24m');
    expect(start().code).toBe(0);
    expect(cluster.kubectl(['create', 'configmap', 'before']).code).toBe(0);
    fill();
    // The log has taken its room ahead of time: it holds some writes before it has to grow.
    const write = (name: string) => cluster.kubectl(['create', 'configmap', name, `--from-literal=a=${'x'.repeat(100_000)}`]);
    const kept: string[] = [];
    let outcome = write('big-0');
    while (outcome.code === 0) {
      kept.push(`big-${kept.length}`);
      outcome = write(`big-${kept.length}`);
    }
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('no space left to write in') });
    rmSync(join(cluster.home, 'state', 'filler'));
    expect(cluster.kubectl(['create', 'configmap', 'after']).code).toBe(0);
    expect(cluster.knarr(['stop', '--profile', 'full']).code).toBe(0);
    expect(start().code).toBe(0);
    const names = ['before', ...kept, 'after'];
    expect(cluster.kubectl(['get', 'configmap', ...names, '-o', 'name']).stdout).toBe(names.map((name) => `configmap/${name}\n`).join(''));
  });
});
