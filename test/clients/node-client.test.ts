import { join } from 'node:path';
import { background, eventually, run, startedCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(180_000);

/** @kubernetes/client-node, in programs of their own: what it gets over the wire is what counts. */

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
  const told = () => informer.output().trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as { event: string; name?: string; value?: string })
    .filter(({ name }) => name && name !== 'kube-root-ca.crt').map(({ event, name, value }) => `${event} ${name} ${value}`);
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
