import { join } from 'node:path';
import { core } from '../cluster/apiserver/support/registry';
import { startServer } from '../cluster/apiserver/support/server';
import { background, eventually, run, startedCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(180_000);

/** @kubernetes/client-node, in programs of their own: what it gets over the wire is what counts. */

interface Told { event: string; name?: string; value?: string }

/** What an informer said of objects, without those that every namespace has. */
const objectsTold = (output: string) => output.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Told)
  .filter(({ name }) => name && name !== 'kube-root-ca.crt').map(({ event, name, value }) => `${event} ${name} ${value}`);

const program = (name: string) => join(__dirname, 'node-client', `${name}.mjs`);

let cluster: TestCluster;
beforeAll(() => { cluster = startedCluster('node-client', 'sim'); });
afterAll(() => cluster.destroy());

const kubectl = (...args: string[]) => {
  const { stdout, stderr, code } = cluster.kubectl(args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
};
const knarr = (...args: string[]) => {
  const { stdout, stderr, code } = cluster.knarr(args);
  if (code !== 0) throw new Error(`knarr ${args.join(' ')}: ${stdout}${stderr}`);
};

it('keeps an informer up to date, through restarts of the daemon', async () => {
  kubectl('create', 'configmap', 'before', '--from-literal=value=1');
  const informer = background(process.execPath, [program('informer')], cluster.env);
  const told = () => objectsTold(informer.output());
  const tells = (line: string) => eventually(() => told().includes(line));
  try {
    await tells('add before 1');
    kubectl('create', 'configmap', 'one', '--from-literal=value=1');
    await tells('add one 1');
    kubectl('patch', 'configmap', 'one', '-p', '{"data": {"value": "2"}}');
    await tells('update one 2');
    kubectl('delete', 'configmap', 'before');
    await tells('delete before 1');

    process.kill(cluster.pid(), 'SIGKILL');
    await eventually(() => informer.output().includes('"error"'));
    knarr('start', '--profile', cluster.profile);
    kubectl('patch', 'configmap', 'one', '-p', '{"data": {"value": "3"}}');
    await tells('update one 3');
    knarr('stop', '--profile', cluster.profile);
    knarr('start', '--profile', cluster.profile);
    kubectl('create', 'configmap', 'two', '--from-literal=value=1');
    kubectl('delete', 'configmap', 'one');
    await tells('delete one 3');
    // Nothing is told twice: the informer went on where it was.
    expect(told()).toEqual(['add before 1', 'add one 1', 'update one 2', 'delete before 1', 'update one 3', 'add two 1', 'delete one 3']);
  } finally {
    await informer.end();
  }
});

it('lets an informer begin anew when what it saw last is gone: 410', async () => {
  const server = await startServer();
  const create = (name: string, namespace = 'default') => server.client.create(core('configmaps'), { metadata: { name, namespace }, data: { value: '1' } } as never);
  // Each watch ends after a second, and the next one asks for what came after the last event.
  const informer = background(process.execPath, [program('informer'), 'timeoutSeconds=1'], { ...process.env, KUBECONFIG: server.kubeconfig });
  const connects = () => informer.output().split('"connect"').length - 1;
  const reconnects = async () => {
    const before = connects();
    await eventually(() => connects() > before + 1);
  };
  try {
    await create('early');
    await eventually(() => objectsTold(informer.output()).includes('add early 1'));
    for (let index = 0; index < 3; index++) await create(`elsewhere-${index}`, 'kube-system');
    server.api.registry.store.compact(server.api.registry.store.revision);
    await reconnects();
    await create('late');
    await eventually(() => objectsTold(informer.output()).includes('add late 1'));
    await server.client.delete(core('configmaps'), 'early', 'default');
    await eventually(() => objectsTold(informer.output()).includes('delete early 1'));
    expect(objectsTold(informer.output())).toEqual(['add early 1', 'add late 1', 'delete early 1']);
  } finally {
    await informer.end();
    await server.close();
  }
});

it('sends a list as a watch, its end as a bookmark, and one more where the watch ends', () => {
  const { stdout, stderr, code } = run(process.execPath, [program('bookmarks')], cluster.env);
  expect([stderr, code]).toEqual(['', 0]);
  const told = JSON.parse(stdout) as { phase: string; name?: string; resourceVersion: string; endsInitialEvents?: boolean }[];
  expect(told.map(({ phase, endsInitialEvents }) => (endsInitialEvents ? 'END' : phase))).toEqual([...told.slice(0, -2).map(() => 'ADDED'), 'END', 'BOOKMARK']);
  expect(told.map(({ name }) => name).slice(0, -2)).toContain('two');
  expect(Number(told.at(-1)!.resourceVersion)).toBeGreaterThanOrEqual(Number(told.at(-2)!.resourceVersion));
});

it('walks through what the client offers', () => {
  const { stdout, stderr, code } = run(process.execPath, [program('walk')], cluster.env);
  expect([stderr, code]).toEqual(['', 0]);
  expect(JSON.parse(stdout)).toEqual({
    version: 'v1.33',
    pages: [['a', 'b'], ['c']], patched: [{ value: 'patched' }, { value: 'b', more: 'x' }],
    missing: expect.objectContaining({ code: 404, kind: 'Status', reason: 'NotFound', message: 'configmaps "none" not found' }), left: 0,
    conflict: { code: 409, message: 'Apply failed with 1 conflict: conflict with "one": .spec.replicas' },
    forced: 3, dryRun: 'dry', notThere: 404, available: true, scaled: true,
    exec: ['Success', 'hello\n'], log: true, forwarded: true,
    custom: { size: 3 }, mayI: true, metrics: true, top: ['node-client'],
  });
});
