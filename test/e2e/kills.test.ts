import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Pod } from '../../src/api/generated/core.v1';
import { eventually, testCluster, type TestCluster } from '../support/cluster';
import { engineMissing } from '../support/engine';
import { kubectlPath } from '../support/oracle';
import { privateEngine, privateEngineMissing, type PrivateEngine } from '../support/private-engine';
import { runAsync } from '../support/process';

jest.setTimeout(240_000);

const profile = 'e2e-kills';
const image = 'busybox:1.36';
const untilOpen = 'until [ -e /gate/open ]; do sleep 0.5; done';

type Role = 'sandbox' | 'container';

interface Surroundings {
  /** A directory of the host; what is under way ends when there is a file `open` in it. */
  readonly gate: string;
  /** An image that cannot be pulled, nor can the pull fail, before the gate is open. */
  readonly lateImage: string;
}

const container = (more: object = {}) =>
  ({ name: 'main', image, command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done'], volumeMounts: [{ name: 'gate', mountPath: '/gate' }], ...more });
const execs = (script: string) => ({ exec: { command: ['sh', '-c', script] } });
const isRunning = ({ status }: Pod) => status?.containerStatuses?.[0]?.state?.running !== undefined;
const isMade = ({ status }: Pod) => status?.containerStatuses?.[0]?.containerID !== undefined;
const isReady = ({ status }: Pod) => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

interface Transition {
  readonly spec: (surroundings: Surroundings) => object;
  /** It is in the middle of it. */
  readonly isUnderWay: (pod: Pod) => boolean;
  readonly finalizer?: true;
  /** The pod is deleted before the kill. */
  readonly deleted?: true;
}

/** Each is held where it is by the gate, so that the kill finds all of them half done. */
const transitions: Record<string, Transition> = {
  pulling: { spec: ({ lateImage }) => ({ containers: [container({ image: lateImage })] }), isUnderWay: ({ status }) => status?.containerStatuses?.[0]?.state?.waiting !== undefined },
  creating: { spec: () => ({ containers: [container({ envFrom: [{ configMapRef: { name: 'late' } }] })] }), isUnderWay: ({ status }) => status?.containerStatuses?.[0]?.state?.waiting?.reason === 'CreateContainerConfigError' },
  init: { spec: () => ({ initContainers: [container({ name: 'first', command: ['sh', '-c', untilOpen] })], containers: [container()] }), isUnderWay: ({ status }) => status?.initContainerStatuses?.[0]?.state?.running !== undefined },
  starting: { spec: () => ({ containers: [container({ lifecycle: { postStart: execs(untilOpen) } })] }), isUnderWay: isMade },
  probing: { spec: () => ({ containers: [container({ startupProbe: { ...execs('[ -e /gate/open ]'), periodSeconds: 1, failureThreshold: 600, timeoutSeconds: 10 } })] }), isUnderWay: isRunning },
  running: { spec: () => ({ containers: [container()] }), isUnderWay: isReady },
  terminating: { spec: () => ({ terminationGracePeriodSeconds: 60, containers: [container({ lifecycle: { preStop: execs(untilOpen) } })] }), isUnderWay: isReady, deleted: true },
  deleting: { spec: () => ({ containers: [container()] }), isUnderWay: isReady, deleted: true, finalizer: true },
};

const names = (wanted: (transition: Transition) => boolean) => Object.keys(transitions).filter((name) => wanted(transitions[name]!)).sort();
const staying = names(({ deleted }) => !deleted);
const leaving = names(({ deleted }) => Boolean(deleted));

const podsOf = (namespace: string, surroundings: Surroundings) => ({
  apiVersion: 'v1', kind: 'List',
  items: Object.entries(transitions).map(([name, { spec, finalizer }]) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, ...(finalizer && { finalizers: ['example.com/held'] }) },
    spec: { terminationGracePeriodSeconds: 1, volumes: [{ name: 'gate', hostPath: { path: surroundings.gate } }], ...spec(surroundings) },
  })),
});

/** Takes connections and never says a word. */
async function silentRegistry(): Promise<{ address: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
  return {
    address: `127.0.0.1:${port}`,
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

const missing = engineMissing() ?? privateEngineMissing();

(missing ? describe.skip : describe)(`in the middle of every transition${missing ? ` (${missing})` : ''}`, () => {
  let engine: PrivateEngine;
  let cluster: TestCluster;
  const closing: (() => void)[] = [];
  const surroundings = new Map<string, Surroundings & { silent: { close(): void } }>();
  const ok = async (args: string[], stdin?: string) => {
    const { stdout, stderr, code } = await runAsync(kubectlPath(), args, cluster.env, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const podsIn = async (...where: string[]) => (JSON.parse(await ok(['get', 'pods', ...where, '-o', 'json'])) as { items: Pod[] }).items;
  const identities = (pods: Pod[]) => pods.filter(({ metadata }) => staying.includes(metadata.name)).map(({ metadata }) => `${metadata.name} ${metadata.uid}`).sort();
  const running = (role: Role, namespace: string, show: string) =>
    engine.docker('ps', '--filter', `label=knarr.role=${role}`, '--filter', `label=knarr.pod.namespace=${namespace}`, '--format', show).split('\n').filter(Boolean).sort();
  const killAll = (role: Role, namespace: string) => {
    for (const id of running(role, namespace, '{{.ID}}')) {
      try {
        engine.docker('kill', id);
      } catch (error) {
        // That of the pod which is being deleted may have ended meanwhile.
        if (!/is not running|No such container/.test(String(error))) throw error;
      }
    }
  };
  const victims: Record<string, (namespace: string) => unknown> = {
    'a container': (namespace) => killAll('container', namespace),
    'the sandbox': (namespace) => killAll('sandbox', namespace),
    async 'the daemon'() {
      process.kill(cluster.pid(), 'SIGKILL');
      await eventually(() => cluster.knarr(['status', '--profile', profile]).code === 1);
      expect(cluster.knarr(['start', '--profile', profile])).toMatchObject({ code: 0, stderr: '' });
    },
    async 'the engine'() {
      await engine.kill();
      await engine.start();
    },
  };
  const namespaceOf = (victim: string) => victim.split(' ')[1]!;

  /** All pods of all victims are half done when this is over. */
  beforeAll(async () => {
    engine = await privateEngine([image, 'knarr/node:1']);
    cluster = testCluster(profile);
    cluster.env['DOCKER_HOST'] = engine.host;
    expect(cluster.knarr(['start', '--profile', profile, '--runtime', 'docker'])).toMatchObject({ code: 0, stderr: '' });
    await Promise.all(Object.keys(victims).map(namespaceOf).map(async (namespace) => {
      const gate = join(cluster.home, namespace);
      mkdirSync(gate);
      const silent = await silentRegistry();
      closing.push(silent.close);
      const around = { gate, lateImage: `${silent.address}/${namespace}:1`, silent };
      surroundings.set(namespace, around);
      await ok(['create', 'namespace', namespace]);
      await ok(['apply', '-f', '-'], JSON.stringify(podsOf(namespace, around)));
    }));
    await eventually(async () => {
      const early = (await podsIn('-A')).filter((pod) => !transitions[pod.metadata.name]!.isUnderWay(pod)).map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
      expect(early).toEqual([]);
      return true;
    }, 120_000);
    await Promise.all([...surroundings.keys()].map((namespace) => ok(['delete', 'pod', ...leaving, '-n', namespace, '--wait=false'])));
  });
  afterAll(async () => {
    closing.forEach((close) => close());
    cluster?.destroy();
    await engine?.destroy();
  });

  it.each(Object.keys(victims))('the kill of %s loses nothing, and all comes to its end', async (victim) => {
    const namespace = namespaceOf(victim);
    const { gate, lateImage, silent } = surroundings.get(namespace)!;
    const before = identities(await podsIn('-n', namespace));
    expect(before).toHaveLength(staying.length);
    await ok(['create', 'configmap', 'acknowledged', '-n', namespace]);

    await victims[victim]!(namespace);
    engine.docker('tag', image, lateImage);
    silent.close();
    writeFileSync(join(gate, 'open'), '');
    await eventually(() => ok(['create', 'configmap', 'late', '-n', namespace]));
    await ok(['get', 'configmap', 'acknowledged', '-n', namespace]);
    await ok(['patch', 'pod', 'deleting', '-n', namespace, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);

    await eventually(async () => {
      const pods = await podsIn('-n', namespace);
      expect(pods.filter(isReady).map(({ metadata }) => metadata.name).sort()).toEqual(staying);
      expect(identities(pods)).toEqual(before);
      expect(pods).toHaveLength(staying.length);
      return true;
    }, 120_000);
    const label = '{{.Label "knarr.pod.name"}}';
    await eventually(() => {
      expect([running('sandbox', namespace, label), running('container', namespace, label)]).toEqual([staying, staying]);
      return true;
    });
    await ok(['delete', 'pods', '--all', '--force', '--grace-period=0', '-n', namespace, '--wait=false']);
  });
});
