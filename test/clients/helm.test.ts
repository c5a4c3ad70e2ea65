import { join } from 'node:path';
import { run, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithOracle, helmPath, type Layer, type Outcome } from '../support/oracle';

jest.setTimeout(300_000);

const chart = join(__dirname, 'charts/shop');
/** Helm 4 applies on the server; helm 3 patches what it renders. */
const versions: readonly [string, Layer][] = [['helm 4', 'v33'], ['helm 3', 'v32']];

describeWithOracle('a chart with definitions, hooks and a test', () => {
  let cluster: TestCluster;
  beforeAll(() => { cluster = startedCluster('helm', 'sim'); });
  afterAll(() => cluster.destroy());

  describe.each(versions)('%s', (_name, layer) => {
    const release = layer === 'v33' ? 'four' : 'three';
    const outcome = (args: string[]): Outcome => run(helmPath(layer), ['-n', release, ...args], cluster.env);
    const helm = (...args: string[]) => {
      const { stdout, stderr, code } = outcome(args);
      if (code !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}${stdout}`);
      return stdout;
    };
    const kubectl = (...args: string[]) => {
      const { stdout, stderr, code } = cluster.kubectl(['-n', release, ...args]);
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
      return stdout;
    };
    const greeting = () => kubectl('get', 'configmap', release, '-o', 'jsonpath={.data.GREETING}');
    const jobs = () => kubectl('get', 'jobs', '-o', 'name').trim().split('\n').map((name) => name.replace(`job.batch/${release}-`, '')).sort();
    const wait = ['--wait', '--timeout', '120s'];

    it('installs: definitions first, then hooks in order, then the rest, and waits for it', () => {
      const text = helm('install', release, chart, '--create-namespace', ...wait);
      expect(text).toContain('STATUS: deployed');
      expect(text).toContain(`hello from ${release}, revision 1`);
      expect(kubectl('get', 'deployment', release, '-o', 'jsonpath={.status.readyReplicas}')).toBe('1');
      expect(kubectl('get', 'of', release, '--no-headers')).toMatch(new RegExp(`^${release} +7`));
      expect(jobs()).toEqual(['post-install', 'pre-install']);
      expect(cluster.kubectl(['-n', release, 'get', 'configmap', `${release}-passing`]).code).toBe(1);
      const data = JSON.parse(kubectl('get', 'configmap', release, '-o', 'json')) as { data: Record<string, string> };
      expect(data.data).toMatchObject({ VERSION: '33', DEFINED: 'true', CLUSTER: kubectl('get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}') });
    });

    it('refuses to install it twice, and values that its schema forbids', () => {
      expect(outcome(['install', release, chart]).stderr).toMatch(/cannot re-?use a name that is still in use/);
      expect(outcome(['upgrade', release, chart, '--set', 'replicas=-1']).stderr).toContain('replicas');
    });

    it('runs the test hook and shows its log', () => {
      expect(helm('test', release, '--logs')).toMatch(/Phase: +Succeeded[^]*tested/);
    });

    it('upgrades, with what changed alone', () => {
      const uid = kubectl('get', 'service', release, '-o', 'jsonpath={.metadata.uid}');
      helm('upgrade', release, chart, '--set', 'replicas=2,greeting=hi', ...wait);
      expect(greeting()).toBe('hi');
      expect(kubectl('get', 'deployment', release, '-o', 'jsonpath={.status.readyReplicas}')).toBe('2');
      expect(kubectl('get', 'service', release, '-o', 'jsonpath={.metadata.uid}')).toBe(uid);
      expect(jobs()).toEqual(['post-install', 'post-upgrade', 'pre-install', 'pre-upgrade']);
    });

    it('shows what it would do without doing it, on the client and on the server', () => {
      expect(helm('upgrade', release, chart, '--set', 'greeting=dry', '--dry-run=server')).toContain('GREETING: "dry"');
      expect(greeting()).toBe('hi');
    });

    it('takes back what somebody else changed', () => {
      kubectl('scale', 'deployment', release, '--replicas=5');
      helm('upgrade', release, chart, '--set', 'replicas=2,greeting=hi', ...(layer === 'v33' ? ['--force-conflicts'] : []), ...wait);
      expect(kubectl('get', 'deployment', release, '-o', 'jsonpath={.spec.replicas}')).toBe('2');
    });

    it('rolls back an upgrade that does not become ready', () => {
      const flag = layer === 'v33' ? '--rollback-on-failure' : '--atomic';
      const { code } = outcome(['upgrade', release, chart, '--reuse-values', '--set', 'breaks=true,greeting=broken', flag, '--timeout', '5s']);
      expect(code).not.toBe(0);
      expect(greeting()).toBe('hi');
    });

    it('fails when the test fails', () => {
      helm('upgrade', release, chart, '--set', 'greeting=bad', ...wait);
      const { code, stdout, stderr } = outcome(['test', release]);
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/failed/i);
    });

    it('keeps a history and goes back in it', () => {
      const history = JSON.parse(helm('history', release, '-o', 'json')) as { revision: number; status: string }[];
      expect(history.at(-1)).toMatchObject({ status: 'deployed' });
      expect(history[0]).toMatchObject({ revision: 1, status: 'superseded' });
      helm('rollback', release, '1', ...wait);
      expect(greeting()).toBe('hello');
      expect(jobs()).toContain('pre-rollback');
      expect(helm('get', 'manifest', release)).toContain('GREETING: "hello"');
      expect(JSON.parse(helm('list', '-o', 'json'))).toMatchObject([{ name: release, status: 'deployed', chart: 'shop-0.1.0' }]);
      expect(helm('status', release)).toContain('STATUS: deployed');
    });

    it('uninstalls everything but definitions and what hooks made', () => {
      helm('uninstall', release, ...wait);
      expect(kubectl('get', 'deployments,services,offers,roles,rolebindings', '-o', 'name')).toBe('');
      expect(jobs()).toContain('pre-delete');
      expect(kubectl('get', 'crd', 'offers.shop.example.com', '-o', 'name')).toBe('customresourcedefinition.apiextensions.k8s.io/offers.shop.example.com\n');
      expect(JSON.parse(helm('list', '-o', 'json'))).toEqual([]);
    });
  });
});
