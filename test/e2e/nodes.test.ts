import { eventually, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithEngine } from '../support/engine';

jest.setTimeout(240_000);

interface Row { name: string; status: string; runtime: string; cpus: string }

const knarrOn = (cluster: TestCluster, profile: string) => (...args: string[]) => {
  const { stdout, stderr, code } = cluster.knarr([...args, '--profile', profile]);
  if (code !== 0) throw new Error(`knarr ${args.join(' ')}: ${stderr}`);
  return stdout;
};
const kubectlOn = (cluster: TestCluster) => (args: string[], stdin?: string) => {
  const { stdout, stderr, code } = cluster.kubectl(args, stdin);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
};

const spread = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{ name: web, image: 'busybox:1.36', command: [sh, -c, 'mkdir /www && hostname > /www/index.html && httpd -f -h /www -p 80'] }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

describeWithEngine('several nodes on Docker', () => {
  const profile = 'e2e-nodes';
  let cluster: TestCluster;
  let knarr: ReturnType<typeof knarrOn>;
  let kubectl: ReturnType<typeof kubectlOn>;
  const rows = () => JSON.parse(knarr('node', 'list', '-o', 'json')) as Row[];
  beforeAll(() => {
    cluster = startedCluster(profile, 'docker', ['--nodes', '2']);
    knarr = knarrOn(cluster, profile);
    kubectl = kubectlOn(cluster);
  });
  afterAll(() => cluster?.destroy());

  it('reach each other’s pods, also through Services, and one that comes later joins them', async () => {
    expect(rows().map(({ name, status }) => [name, status])).toEqual([[profile, 'Ready'], [`${profile}-m02`, 'Ready']]);
    kubectl(['apply', '-f', '-'], spread);
    expect(knarr('node', 'add', 'late', '--cpus', '1')).toBe('Node "late" added.\n');
    kubectl(['rollout', 'status', 'daemonset/web', '--timeout=60s']);
    const pods = JSON.parse(kubectl(['get', 'pods', '-o', 'json'])) as { items: { metadata: { name: string }; spec: { nodeName: string }; status: { podIP: string } }[] };
    expect(pods.items.map(({ spec }) => spec.nodeName).sort()).toEqual([profile, `${profile}-m02`, 'late'].sort());
    for (const from of pods.items) {
      for (const to of pods.items) {
        expect(kubectl(['exec', from.metadata.name, '--', 'wget', '-qO-', '-T', '5', `http://${to.status.podIP}`])).toBe(`${to.metadata.name}\n`);
      }
      expect(kubectl(['exec', from.metadata.name, '--', 'wget', '-qO-', '-T', '5', 'http://web'])).toMatch(/^web-/);
    }
  });

  it('take simulated nodes beside them', async () => {
    knarr('node', 'add', 'toy', '--runtime', 'sim', '--memory', '64Gi');
    await eventually(() => kubectl(['get', 'pods', '--field-selector', 'spec.nodeName=toy', '-o', 'jsonpath={.items[*].status.phase}']) === 'Running');
    expect(rows().find(({ name }) => name === 'toy')).toMatchObject({ runtime: 'sim', status: 'Ready' });
    knarr('node', 'delete', 'toy');
    await eventually(() => kubectl(['get', 'pods', '--field-selector', 'spec.nodeName=toy', '-o', 'name']) === '', 90_000);
  });

  it('keep what they are over a restart of the daemon', () => {
    knarr('node', 'stop', 'late');
    knarr('stop');
    knarr('start');
    expect(rows().map(({ name, status, cpus }) => [name, status, name === 'late' ? cpus : ''])).toEqual([[profile, 'Ready', ''], [`${profile}-m02`, 'Ready', ''], ['late', 'Stopped', '1']]);
    expect(knarr('node', 'start', 'late')).toBe('Node "late" started.\n');
    kubectl(['rollout', 'status', 'daemonset/web', '--timeout=90s']);
  });
});

describe('nodes of the simulated runtime', () => {
  const profile = 'e2e-nodes-sim';
  let cluster: TestCluster;
  let knarr: ReturnType<typeof knarrOn>;
  let kubectl: ReturnType<typeof kubectlOn>;
  beforeAll(() => {
    cluster = startedCluster(profile, 'sim', ['--nodes', '20']);
    knarr = knarrOn(cluster, profile);
    kubectl = kubectlOn(cluster);
  });
  afterAll(() => cluster?.destroy());

  it('are there by the dozen', () => {
    expect(kubectl(['get', 'nodes', '--no-headers']).trim().split('\n')).toHaveLength(20);
  });

  it('lose their pods to others when they are stopped', async () => {
    kubectl(['create', 'deployment', 'web', '--image=nginx:1.27', '--replicas=20']);
    kubectl(['patch', 'deployment', 'web', '-p', JSON.stringify({ spec: { template: { spec: { tolerations: ['not-ready', 'unreachable'].map((name) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1 })) } } } })]);
    kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s']);
    const victim = kubectl(['get', 'pods', '-o', 'jsonpath={.items[0].spec.nodeName}']);
    expect(knarr('node', 'stop', victim)).toBe(`Node "${victim}" stopped.\n`);
    await eventually(() => kubectl(['get', 'node', victim, '--no-headers']).includes('NotReady'), 90_000);
    await eventually(() => {
      const pods = JSON.parse(kubectl(['get', 'pods', '-o', 'json'])) as { items: { metadata: { deletionTimestamp?: string }; spec: { nodeName: string }; status: { phase: string } }[] };
      const alive = pods.items.filter(({ metadata }) => !metadata.deletionTimestamp);
      return alive.length === 20 && alive.every(({ spec, status }) => spec.nodeName !== victim && status.phase === 'Running');
    });
  });

  it.each([
    [['node', 'stop', 'nobody'], 'error: there is no node "nobody" that knarr runs; `knarr node list` shows them\n'],
    [['node', 'stop'], 'error: name at least one node; `knarr node list` shows them\n'],
    [['node', 'add', '--cpus', 'many'], 'error: --cpus "many" is no amount: write 2, 500m or 4Gi\n'],
    [['node', 'add', '--runtime', 'podman'], 'error: --runtime is docker or sim, not "podman"\n'],
    [['node', 'add', `${profile}-m02`], `Error from server (AlreadyExists): nodes "${profile}-m02" already exists\n`],
  ])('refuse knarr %j', (args, stderr) => {
    expect(cluster.knarr([...args, '--profile', profile])).toMatchObject({ code: 1, stderr });
  });
});
