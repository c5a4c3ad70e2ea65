import { eventually, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithEngine } from '../support/engine';

jest.setTimeout(240_000);

const deployment = (command: string, annotations: Record<string, string> = {}) => JSON.stringify({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' },
  spec: {
    replicas: 1, selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', command], resources: { requests: { cpu: '100m' }, limits: { cpu: '150m' } } }],
      },
    },
  },
});

function follows(profile: string, runtime: 'docker' | 'sim', command: string, annotations: Record<string, string>): void {
  let cluster: TestCluster;
  const ok = (args: string[], stdin?: string) => {
    const { stdout, stderr, code } = cluster.kubectl(args, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  beforeAll(() => {
    cluster = startedCluster(profile, runtime);
  });
  afterAll(() => cluster?.destroy());

  it('has as many replicas as the load asks for, and says why', async () => {
    ok(['apply', '-f', '-'], deployment(command, annotations));
    ok(['autoscale', 'deployment', 'web', '--cpu-percent=11', '--min=1', '--max=3']);
    await eventually(() => ok(['get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}']) === '3', 150_000);
    expect(ok(['get', 'hpa', 'web', '--no-headers'])).toMatch(/^web +Deployment\/web +cpu: \d+%\/11% +1 +3 +\d/);
    const described = ok(['describe', 'hpa', 'web']);
    expect(described).toMatch(/SuccessfulRescale +\d+s +(\(x\d+ over \S+\) +)?horizontal-pod-autoscaler +New size: 3; reason: cpu resource utilization \(percentage of request\) above target/);
    expect(described).toMatch(/ScalingActive +True +ValidMetricFound +the HPA was able to successfully calculate a replica count from cpu resource utilization \(percentage of request\)/);
  });

  it('says what it cannot measure', async () => {
    ok(['apply', '-f', '-'], JSON.stringify({
      apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'blind' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nowhere' }, maxReplicas: 3 },
    }));
    await eventually(() => ok(['get', 'events', '--field-selector', 'involvedObject.name=blind', '-o', 'jsonpath={.items[*].message}']).includes('deployments.apps "nowhere" not found'), 60_000);
  });
}

describeWithEngine('a HorizontalPodAutoscaler on Docker', () => follows('e2e-autoscale', 'docker', 'while :; do :; done', {}));
describe('a HorizontalPodAutoscaler of simulated pods', () => follows('e2e-autoscale-sim', 'sim', 'sleep 3600', { 'knarr.dev/sim-cpu': '90m' }));
