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
      log: () => undefined,
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

  /** Follows until the text has come. */
  async function logsOf(pod: Pod, container: string, wanted: string): Promise<string> {
    const stop = new AbortController();
    let text = '';
    for await (const line of kubelet.agent.logs(pod, { container, follow: true, previous: false, timestamps: false }, stop.signal)) {
      text += line.toString();
      if (text.includes(wanted)) stop.abort();
    }
    return text;
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
      initContainers: [{ name: 'prepare', image: 'busybox:1.36', command: ['sh', '-c', 'echo ready > /prepared/state'], volumeMounts: [{ name: 'work', mountPath: '/prepared' }] }],
      containers: [
        { name: 'one', image: 'busybox:1.36', command: ['sh', '-c', 'cat /prepared/state; cat /etc/hosts; echo last word > /dev/termination-log; exit 3'], terminationMessagePath: '/dev/termination-log', volumeMounts: [{ name: 'work', mountPath: '/prepared' }] },
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

  it('puts a pod on the network of its node', async () => {
    await run('host', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'hostname; cat /etc/resolv.conf; exec sleep 100'] }] });
    const pod = await until('host', isReady);
    expect(pod!.status!.podIP).toBe(pod!.status!.hostIP);
    expect(await logsOf(pod!, 'main', 'ndots')).toBe('node-0\nsearch default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n');
  });

  it('shares processes, and lets a container that failed be explained by its logs', async () => {
    await run('shared', {
      shareProcessNamespace: true, restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'tr "\\0" " " < /proc/1/cmdline | cut -c1-12; exit 1'], terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'FallbackToLogsOnError' }],
    });
    const pod = await until('shared', (found) => found?.status?.phase === 'Failed');
    expect(pod!.status!.containerStatuses![0]!.state!.terminated!.message).toBe('/bin/sh -c t\n');
  });
});
