import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { eventually, testCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(120_000);

const policy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Request
  resources: [{ group: "", resources: [configmaps] }]
- level: None
`;

describe('a daemon with an audit log and static tokens', () => {
  let cluster: TestCluster;
  let flags: string[];
  const log = () => join(cluster.home, 'audit.log');
  const kubectl = (...args: string[]) => {
    const outcome = cluster.kubectl(args);
    if (outcome.code !== 0) throw new Error(outcome.stderr);
    return outcome.stdout;
  };
  const created = (name: string, ...args: string[]) => {
    kubectl('create', 'configmap', name, ...args);
    return kubectl('get', 'configmap', name, '-o', 'jsonpath={.metadata.resourceVersion}');
  };

  beforeAll(() => {
    cluster = testCluster('serving');
    writeFileSync(join(cluster.home, 'policy.yaml'), policy);
    writeFileSync(join(cluster.home, 'tokens.csv'), 's3cret,jane,1001,"dev,ops"\n');
    flags = ['--profile', 'serving', '--runtime', 'sim', '--audit-policy-file', join(cluster.home, 'policy.yaml'), '--audit-log-path', log(), '--token-auth-file', join(cluster.home, 'tokens.csv')];
    const { code, stdout, stderr } = cluster.knarr(['start', ...flags]);
    if (code !== 0) throw new Error(stdout + stderr);
  });
  afterAll(() => cluster.destroy());

  test('writes what the policy says', async () => {
    created('audited', '--from-literal=a=b');
    const lines = await eventually(() => readFileSync(log(), 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>));
    expect(lines).toContainEqual(expect.objectContaining({ verb: 'create', level: 'Request', requestObject: expect.objectContaining({ data: { a: 'b' } }) }));
    expect(new Set(lines.map(({ objectRef }) => (objectRef as { resource: string }).resource))).toEqual(new Set(['configmaps']));
  });

  test('knows the users of the token file', () => {
    const jane = cluster.kubectl(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo}', `--token=s3cret`, '--client-certificate=', '--kubeconfig', tokenKubeconfig()]);
    expect(JSON.parse(jane.stdout)).toMatchObject({ username: 'jane', uid: '1001', groups: ['dev', 'ops', 'system:authenticated'] });
  });

  test('refuses settings that cannot work, by name', () => {
    const refused = (...args: string[]) => cluster.knarr(['start', '--profile', 'serving-2', '--runtime', 'sim', ...args]).stderr.trim();
    expect(refused('--audit-log-path', '-', '--audit-policy-file', 'x')).toBe('error: --audit-log-path - is standard output, which the daemon does not have; name a file');
    expect(refused('--audit-log-path', 'x')).toBe('error: --audit-log-path needs --audit-policy-file, which says what is written');
    writeFileSync(join(cluster.home, 'bad.yaml'), 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Loud}]\n');
    expect(refused('--audit-log-path', log(), '--audit-policy-file', join(cluster.home, 'bad.yaml'))).toContain('rules[0].level: Unsupported value: "Loud"');
    expect(refused('--token-auth-file', join(cluster.home, 'none.csv'))).toContain('none.csv');
  });

  test('shows its measures to who may see them', () => {
    const text = kubectl('get', '--raw', '/metrics');
    for (const metric of ['apiserver_request_total{', 'workqueue_depth{name="deployment-controller"} ', 'process_resident_memory_bytes ', 'apiserver_storage_objects{resource="namespaces"} ']) {
      expect([metric, text.includes(`\n${metric}`)]).toEqual([metric, true]);
    }
    expect(kubectl('get', '--raw', '/readyz?verbose')).toContain('[+]shutdown ok');
  });

  test('goes on with the history of watches, also after it was killed', async () => {
    const before = created('before');
    const names = ['one', 'two', 'three'];
    for (const name of names) created(name);
    process.kill(cluster.pid(), 'SIGKILL');
    const { code, stdout, stderr } = cluster.knarr(['start', ...flags]);
    if (code !== 0) throw new Error(stdout + stderr);
    created('after');
    const events = kubectl('get', '--raw', `/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=2&resourceVersion=${before}`).trim().split('\n')
      .map((line) => JSON.parse(line) as { type: string; object: { metadata: { name: string } } });
    expect(events.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([...names, 'after'].map((name) => `ADDED ${name}`));
    const past = JSON.parse(kubectl('get', '--raw', `/api/v1/namespaces/default/configmaps?resourceVersion=${before}&resourceVersionMatch=Exact`)) as { items: { metadata: { name: string } }[] };
    expect(past.items.map(({ metadata }) => metadata.name)).toEqual(expect.not.arrayContaining(names));
  });

  test('ends watches before it stops', async () => {
    const { apiServer } = JSON.parse(cluster.knarr(['status', '--profile', 'serving', '-o', 'json']).stdout) as { apiServer: string };
    const text = new Promise<string>((resolve, reject) => {
      get(`${apiServer}/api/v1/namespaces/default/configmaps?watch=true&allowWatchBookmarks=true`, { rejectUnauthorized: false, headers: { authorization: 'Bearer s3cret' } }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => resolve(body)).on('error', reject);
        response.once('data', () => cluster.knarr(['stop', '--profile', 'serving']));
      }).on('error', reject);
    });
    kubectl('create', 'clusterrolebinding', 'jane', '--clusterrole=view', '--user=jane');
    expect((await text).trim().split('\n').at(-1)).toContain('"type":"BOOKMARK"');
  });

  const tokenKubeconfig = () => {
    const path = join(cluster.home, 'token-config');
    const config = JSON.parse(cluster.kubectl(['config', 'view', '--raw', '-o', 'json']).stdout) as { users: { user: object }[] };
    writeFileSync(path, JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: {} })) }));
    return path;
  };
});
