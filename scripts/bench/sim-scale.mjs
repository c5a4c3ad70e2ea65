// Pods per second to Running on simulated nodes: API server, controllers, scheduler and kubelets in one process.
// node scripts/bench/sim-scale.mjs PODS [NODES] prints one JSON line, such as for 30000 pods on 1000 nodes; --cpu-prof before the script profiles it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from './load-source.mjs';

const usualNodes = 100;
/** A call to the API is made so often while pods start. */
const callEveryMs = 50;
const podsPerDeployment = 50;
const mebibyte = 2 ** 20;
const sizes = [1000, 5000];

const parts = `
export { systemClock } from './src/api/clock';
export { createInformerSet } from './src/client/informer';
export { createApiServer } from './src/cluster/apiserver/server';
export { createFirstObjects } from './src/cluster/daemon/bootstrap';
export { inProcessClient } from './src/cluster/daemon/in-process-client';
export { clientInTurns, clockInTurns } from './src/cluster/daemon/turns/in-turns';
export { Turns } from './src/cluster/daemon/turns/turns';
export { frontProxyName, loadPki } from './src/cluster/daemon/pki';
export { startControllers } from './src/cluster/controllers';
export { startKubelet } from './src/cluster/kubelet';
export { startScheduler } from './src/cluster/scheduler';
export { createMemoryStore } from './src/cluster/store';
export { createSimRuntime } from './src/runtime/sim';
export { kinds } from './src/kinds';
`;

async function startCluster(of, pkiDir, nodeCount) {
  const clock = of.systemClock;
  const random = Math.random;
  const log = process.env.BENCH_LOG ? (line) => console.error(line) : () => undefined;
  const pki = await of.loadPki(pkiDir, clock.now());
  const api = of.createApiServer({
    store: of.createMemoryStore(), kinds: of.kinds, clock, random, log, serviceAccountKey: pki.serviceAccountKey,
    tls: { cert: pki.apiServer.cert, key: pki.apiServer.key, clientCa: pki.ca.cert },
    serviceCIDR: '10.96.0.0/12', nodePortRange: { from: 30000, to: 32767 }, nodeAgent: () => undefined,
  });
  const client = of.inProcessClient(api.registry, { name: 'system:apiserver', groups: ['system:masters'] });
  await of.createFirstObjects(client, { clients: pki.ca.cert, frontProxies: pki.frontProxyCa.cert, frontProxyName: of.frontProxyName });
  const runtime = of.createSimRuntime({ clock, random });
  const turns = new of.Turns();
  const informers = of.createInformerSet({ client, clock, random, log });
  const loop = { client: of.clientInTurns(client, turns), clock: of.clockInTurns(clock, turns), random, log, informers };
  of.startControllers({ ...loop, clusterCA: pki.ca.cert });
  of.startScheduler(loop);
  for (let index = 0; index < nodeCount; index++) {
    const node = { name: `node-${index}`, podCIDR: `10.${128 + (index >> 8)}.${index & 255}.0/24` };
    const network = await runtime.ensureNode(node, () => undefined);
    await of.startKubelet({ ...loop, runtime, network, node, clusterDNS: '10.96.0.10', clusterDomain: 'cluster.local', stateDir: pkiDir });
  }
  return client;
}

const deployment = (name, replicas) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'default' },
  spec: {
    replicas, selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27', resources: { requests: { cpu: '10m' } } }] } },
  },
});

async function allRunning(client, count) {
  const pods = { group: '', version: 'v1', plural: 'pods', namespaced: true };
  const running = new Set();
  const stop = new AbortController();
  const { metadata } = await client.list(pods);
  for await (const { object } of client.watch(pods, { resourceVersion: metadata.resourceVersion, signal: stop.signal })) {
    if (object.status?.phase === 'Running') running.add(object.metadata.uid);
    if (running.size === count) break;
  }
  stop.abort();
}

/** How long calls take from when they are due, and so with the wait for a process that is busy. Returns what ends it: milliseconds, ascending. */
function callNowAndThen(client) {
  const configMaps = { group: '', version: 'v1', plural: 'configmaps', namespaced: true };
  const took = [];
  let isOver = false;
  const calls = (async () => {
    for (let serial = 0; !isOver; serial++) {
      const dueMs = performance.now() + callEveryMs;
      await new Promise((resolve) => setTimeout(resolve, callEveryMs));
      const name = `call-${serial}`;
      await client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { serial: String(serial) } });
      await client.get(configMaps, name, 'default');
      took.push(performance.now() - dueMs);
    }
  })();
  return async () => {
    isOver = true;
    await calls;
    return took.sort((a, b) => a - b);
  };
}

async function measure(podCount, nodeCount) {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-bench-'));
  const client = await startCluster(await loadSource(parts), directory, nodeCount);
  const usedBytes = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const emptyBytes = usedBytes();
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const done = allRunning(client, podCount);
  const endCalls = callNowAndThen(client);
  const deployments = { group: 'apps', version: 'v1', plural: 'deployments', namespaced: true };
  for (let index = 0; index < podCount / podsPerDeployment; index++) await client.create(deployments, deployment(`app-${index}`, podsPerDeployment));
  await done;
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const took = await endCalls();
  const result = {
    pods: podCount, nodes: nodeCount, callP99Ms: took[Math.floor(took.length * 0.99)], podsPerSecond: podCount / seconds, cpuMsPerPod: (user + system) / 1000 / podCount,
    heapKiBPerPod: (usedBytes() - emptyBytes) / 1024 / podCount, residentMiB: process.memoryUsage.rss() / mebibyte,
  };
  rmSync(directory, { recursive: true, force: true });
  return result;
}

function inProcessOfItsOwn(podCount) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), String(podCount)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** How the cost of a pod grows with their number: 1 is flat. */
export function benchSimScale() {
  const [small, large] = sizes.map(inProcessOfItsOwn);
  const show = ({ pods, podsPerSecond, callP99Ms, heapKiBPerPod, residentMiB }) => `${pods}: ${podsPerSecond.toFixed(0)} pods/s, p99 of a call ${callP99Ms.toFixed(0)} ms, ${heapKiBPerPod.toFixed(0)} KiB a pod, ${residentMiB.toFixed(0)} MiB`;
  return { name: `CPU of a pod on sim, ${large.pods} pods / ${small.pods}`, value: large.cpuMsPerPod / small.cpuMsPerPod, detail: `${show(small)}; ${show(large)}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await measure(Number(process.argv[2] ?? sizes[0]), Number(process.argv[3] ?? usualNodes))));
  process.exit(0);
}
