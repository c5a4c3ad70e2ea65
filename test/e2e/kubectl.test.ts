import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, knarrPath, run, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithOracle, kubectlPath } from '../support/oracle';

jest.setTimeout(60_000);

const files = join(__dirname, '../parity/files');

describeWithOracle('the real kubectl', () => {
  let cluster: TestCluster;
  beforeAll(() => { cluster = startedCluster('real', 'sim'); });
  afterAll(() => cluster.destroy());
  const ok = (...args: string[]) => {
    const { stdout, stderr, code } = cluster.kubectl(args);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };

  it('applies a manifest, sees it become ready, and finds nothing to change the second time', () => {
    expect(ok('apply', '-f', join(files, 'web.yaml'))).toBe('configmap/page created\ndeployment.apps/web created\nservice/web created\n');
    ok('wait', '--for=condition=Available', 'deployment/web', '--timeout=30s');
    expect(ok('apply', '-f', join(files, 'web.yaml'))).toBe('configmap/page unchanged\ndeployment.apps/web unchanged\nservice/web unchanged\n');
    expect(ok('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +3\/3 +3 +3 /);
    expect(ok('diff', '-f', join(files, 'web.yaml'))).toBe('');
  });

  it('describes, with events', () => {
    const text = ok('describe', 'deployment', 'web');
    expect(text).toMatch(/^Name: +web\n/);
    expect(text).toContain('3 desired | 3 updated | 3 total | 3 available | 0 unavailable');
    expect(text).toMatch(/Normal +ScalingReplicaSet .*Scaled up replica set web-\w+ from 0 to 3/);
  });

  it('scales up and down', async () => {
    expect(ok('scale', 'deployment', 'web', '--replicas=5')).toBe('deployment.apps/web scaled\n');
    ok('wait', '--for=jsonpath={.status.readyReplicas}=5', 'deployment/web', '--timeout=30s');
    ok('scale', 'deployment', 'web', '--replicas=1');
    await eventually(() => ok('get', 'pods', '-l', 'app=web', '-o', 'name').trim().split('\n').length === 1);
  });

  it('rolls out a new image and back', () => {
    ok('set', 'image', 'deployment/web', 'nginx=nginx:1.28');
    expect(ok('rollout', 'status', 'deployment/web', '--timeout=30s')).toContain('successfully rolled out');
    expect(ok('rollout', 'history', 'deployment/web')).toMatch(/\n1 .*\n2 /);
    ok('rollout', 'undo', 'deployment/web');
    ok('rollout', 'status', 'deployment/web', '--timeout=30s');
    expect(ok('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:1.27');
  });

  it('creates with typed clients, which speak protobuf', () => {
    expect(ok('create', 'deployment', 'typed', '--image=nginx', '--port=80')).toBe('deployment.apps/typed created\n');
    expect(ok('create', 'configmap', 'typed', '--from-literal=a=b')).toBe('configmap/typed created\n');
    expect(ok('create', 'token', 'default').split('.')).toHaveLength(3);
    expect(ok('expose', 'deployment', 'typed')).toBe('service/typed exposed\n');
    expect(ok('get', 'service', 'typed', '-o', 'jsonpath={.spec.clusterIP}')).toMatch(/^10\./);
  });

  it('in a pod asks its own cluster, as knarr does there', () => {
    const server = new URL(ok('config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}'));
    const credentials = join(cluster.home, 'serviceaccount');
    mkdirSync(credentials);
    writeFileSync(join(credentials, 'token'), ok('create', 'token', 'default'));
    writeFileSync(join(credentials, 'ca.crt'), Buffer.from(ok('config', 'view', '--raw', '--minify', '-o', 'jsonpath={.clusters[0].cluster.certificate-authority-data}'), 'base64'));
    writeFileSync(join(credentials, 'namespace'), 'kube-public');
    const env = { ...cluster.env, KUBECONFIG: '/nowhere', KUBERNETES_SERVICE_HOST: server.hostname, KUBERNETES_SERVICE_PORT: server.port };
    const mount = 'mount -t tmpfs none /run && mkdir -p /run/secrets/kubernetes.io/serviceaccount && mount --bind "$0" /run/secrets/kubernetes.io/serviceaccount && exec "$@"';
    const inPod = (program: string, ...args: string[]) => run('unshare', ['--mount', 'sh', '-c', mount, credentials, program, ...args], env);
    for (const args of [['auth', 'whoami'], ['get', 'pods'], ['get', 'pods', '-n', 'default'], ['auth', 'can-i', 'create', 'selfsubjectreviews.authentication.k8s.io'], ['get', 'pods', '--token=wrong']]) {
      const kubectl = inPod(kubectlPath(), ...args);
      expect(kubectl.stdout + kubectl.stderr).toMatch(/system:serviceaccount:default:default|^yes|Unauthorized|must be logged in/);
      expect(inPod(knarrPath, ...args)).toEqual(kubectl);
    }
  });

  it('runs a pod, reads its log, runs a command in it, deletes it', () => {
    ok('run', 'solo', '--image=nginx');
    ok('wait', '--for=condition=Ready', 'pod/solo', '--timeout=30s');
    expect(cluster.kubectl(['logs', 'solo']).code).toBe(0);
    expect(ok('exec', 'solo', '--', 'echo', 'hello')).toBe('hello\n');
    expect(ok('delete', 'pod', 'solo')).toContain('pod "solo" deleted');
    expect(cluster.kubectl(['get', 'pod', 'solo']).stderr).toBe('Error from server (NotFound): pods "solo" not found\n');
  });

  it('shows what pods use: what their annotations say', async () => {
    ok('run', 'worker', '--image=nginx', '--annotations=knarr.dev/sim-cpu=250m');
    ok('wait', '--for=condition=Ready', 'pod/worker', '--timeout=30s');
    await eventually(() => /^worker +250m +10Mi/.test(cluster.kubectl(['top', 'pod', 'worker', '--no-headers']).stdout));
    ok('annotate', 'pod', 'worker', 'knarr.dev/sim-cpu=750m', '--overwrite');
    await eventually(() => Number(/ (\d+)m/.exec(ok('top', 'pod', 'worker', '--no-headers'))?.[1]) > 300);
    ok('delete', 'pod', 'worker');
  });

  it('is told what is stored and not enforced', () => {
    expect(cluster.kubectl(['run', 'apart', '--image=nginx', '--dry-run=server', '--overrides={"spec":{"hostUsers":false}}']))
      .toMatchObject({ code: 0, stderr: 'Warning: spec.hostUsers: stored but not enforced: the engine gives no user namespace to a single pod\n' });
  });

  it('explains, lists resources, and knows the versions', () => {
    expect(ok('explain', 'deployment.spec.replicas')).toMatch(/^GROUP: +apps\nKIND: +Deployment\nVERSION: +v1\n/);
    expect(ok('api-resources', '--api-group=apps', '-o', 'name')).toContain('deployments.apps\n');
    expect(ok('version')).toMatch(/Server Version: v1\.33\./);
    expect(ok('auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')).toBe('kubernetes-admin');
  });

  it('is refused what is wrong, in upstream\'s words', () => {
    const { stderr, code } = cluster.kubectl(['apply', '-f', join(files, 'unknown-field.yaml')]);
    expect(code).toBe(1);
    expect(stderr).toContain('strict decoding error: unknown field "spec.containers[0].imagee"');
    expect(cluster.kubectl(['apply', '-f', join(files, 'invalid.yaml')]).stderr).toContain('spec.replicas: Invalid value: -1: must be greater than or equal to 0');
  });
});
