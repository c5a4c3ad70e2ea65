import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/api/clock';
import type { Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { startKubelet, type RunningKubelet } from '../../../src/cluster/kubelet';
import { pods } from '../../../src/cluster/kubelet/resources';
import { createDockerRuntime, destroyDockerObjects } from '../../../src/runtime/docker';
import type { Runtime } from '../../../src/runtime/port';
import { seededRandom } from '../../simulation/random';
import { describeWithEngine } from '../../support/engine';

jest.setTimeout(60_000);

const profile = `kubelet-${process.pid}`;
const node = { name: 'node-0', podCIDR: '10.251.0.0/24' };

describeWithEngine('a kubelet on Docker', () => {
  const client = new FakeClient({ clock: systemClock, random: seededRandom(3) });
  let stateDir: string;
  let runtime: Runtime;
  let kubelet: RunningKubelet;

  async function start() {
    runtime = createDockerRuntime({ profile, stateDir, clock: systemClock });
    const network = await runtime.ensureNode(node, () => undefined);
    kubelet = await startKubelet({
      client, runtime, network, node, clock: systemClock, random: seededRandom(4), clusterDNS: '10.96.0.10', clusterDomain: 'cluster.local',
      stateDir, log: () => undefined,
    });
  }

  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'knarr-kubelet-'));
    await start();
  }, 120_000);

  afterAll(async () => {
    await kubelet?.stop();
    await runtime?.close();
    await destroyDockerObjects({ profile, stateDir, clock: systemClock, onStep: () => undefined });
    await rm(stateDir, { recursive: true, force: true });
  }, 60_000);

  async function run(name: string, spec: PodSpec): Promise<void> {
    await client.create<Pod>(pods, { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 5, ...spec, nodeName: node.name }, status: { phase: 'Pending' } });
  }

  async function until(name: string, isWanted: (pod: Pod | undefined) => boolean): Promise<Pod | undefined> {
    const stop = new AbortController();
    const { items, metadata } = await client.list<Pod>(pods);
    const found = items.find((pod) => pod.metadata.name === name);
    if (isWanted(found)) return found;
    for await (const event of client.watch<Pod>(pods, { resourceVersion: metadata.resourceVersion!, signal: stop.signal })) {
      if (event.type === 'BOOKMARK' || event.object.metadata.name !== name) continue;
      const pod = event.type === 'DELETED' ? undefined : event.object;
      if (!isWanted(pod)) continue;
      stop.abort();
      return pod;
    }
    return undefined;
  }

  const isReady = (pod: Pod | undefined) => pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

  it('runs a pod with a probe and files, adopts it after a crash, and ends it', async () => {
    await client.create({ group: '', version: 'v1', plural: 'configmaps', namespaced: true }, { metadata: { name: 'page', namespace: 'default' }, data: { 'index.html': 'hello' } } as never);
    await run('web', {
      volumes: [{ name: 'page', configMap: { name: 'page' } }],
      containers: [{
        name: 'web', image: 'busybox:1.36', command: ['httpd', '-f', '-p', '8080', '-h', '/www'], volumeMounts: [{ name: 'page', mountPath: '/www' }],
        env: [{ name: 'MY_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
        readinessProbe: { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1 },
      }],
    });
    const pod = await until('web', isReady);
    expect(pod!.status).toMatchObject({ phase: 'Running', podIP: '10.251.0.2' });

    await kubelet.stop();
    await runtime.close();
    await start();
    await client.update(pods, { ...(await client.get<Pod>(pods, 'web', 'default')), metadata: { ...(await client.get<Pod>(pods, 'web', 'default')).metadata, labels: { seen: 'yes' } } });
    const adopted = await client.get<Pod>(pods, 'web', 'default');
    expect(adopted.status!.containerStatuses).toEqual(pod!.status!.containerStatuses);
    expect(isReady(adopted)).toBe(true);

    await client.delete(pods, 'web', 'default', { gracePeriodSeconds: 1 });
    await until('web', (gone) => gone === undefined);
    expect(await runtime.snapshot({ podUid: pod!.metadata.uid! })).toEqual([]);
  });

  it('runs containers that share a network, and jobs to their end', async () => {
    await run('job', {
      restartPolicy: 'Never',
      initContainers: [{ name: 'prepare', image: 'busybox:1.36', command: ['sh', '-c', 'echo ready > /work/state'], volumeMounts: [{ name: 'work', mountPath: '/work' }] }],
      containers: [
        { name: 'one', image: 'busybox:1.36', command: ['sh', '-c', 'cat /work/state; cat /etc/hosts; echo last word > /dev/termination-log; exit 3'], terminationMessagePath: '/dev/termination-log', volumeMounts: [{ name: 'work', mountPath: '/work' }] },
        { name: 'two', image: 'busybox:1.36', command: ['sh', '-c', 'sleep 0.3'] },
      ],
      volumes: [{ name: 'work', emptyDir: {} }],
    });
    const job = await until('job', (pod) => pod?.status?.phase === 'Failed');
    expect(job!.status!.containerStatuses).toMatchObject([
      { name: 'one', state: { terminated: { exitCode: 3, reason: 'Error', message: 'last word\n' } } },
      { name: 'two', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ]);
    let text = '';
    for await (const line of kubelet.agent.logs(job!, { container: 'one', follow: false, previous: false, timestamps: false }, new AbortController().signal)) text += line.toString();
    expect(text).toContain('ready\n# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n');
    expect(text).toContain(`${job!.status!.podIP}\tjob\n`);
  });
});
