import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Random } from '../../api/clock';
import { claimPidFile, makeStateDir, profilePaths, readSettings, releasePidFile, writeSettings, type ProfilePaths, type StartEvent } from '../../client/profile';
import { apisOf } from './apis';
import { createInformerSet } from '../../client/informer';
import { createApiServer } from '../apiserver/server';
import { startControllers } from '../controllers';
import { manifestsIn, startKubelet, startVolumeKeeper } from '../kubelet';
import { startNetwork } from '../network';
import { startScheduler } from '../scheduler';
import { openDiskStore } from '../store';
import { auditing } from './auditing';
import { createFirstObjects, createGatewayClass, ensureControllerPolicy, ensureFlowControl, keepFirstObjects } from './bootstrap';
import { clusterDomain, dnsServiceIP, nodePortRange, serviceCIDR } from './cidrs';
import { ApiAddress } from './api-address';
import { Closers } from './closers';
import { ensureMachines } from './fleet/ensure';
import { Fleet } from './fleet/fleet';
import { Runtimes } from './fleet/runtimes';
import { takeDownAll } from './fleet/unplug';
import { inProcessClient } from './in-process-client';
import { fileLog, type Log } from './log';
import type { DaemonOptions } from './options';
import { certificateSigner, frontProxyName, loadPki } from './pki';
import { listenForApi, edgeSettings } from './ports';
import { processMetrics } from './process-metrics';
import { chooseRuntime } from './runtimes';
import { nodeReady } from './readiness';
import { clientInTurns, clockInTurns } from './turns/in-turns';
import { Turns } from './turns/turns';

export interface DaemonContext {
  clock: Clock;
  random: Random;
  report: (event: StartEvent) => void;
}

export interface Daemon {
  log: Log;
  /** Ends the pods, then the loops, then the API; the store is flushed last. */
  stop(): Promise<void>;
}

/** Seconds that containers get between SIGTERM and SIGKILL when the whole cluster stops. */
const stopGraceSeconds = 2;

/** As upstream's processes are called, which here are parts of one. */
const loopNames = ['scheduler', 'controller-manager'];

const loopback = '127.0.0.1';
const loopbackUser = { name: 'system:apiserver', groups: ['system:masters'] };

/** Rejects, with everything taken down again, when any step fails. */
export async function startDaemon(options: DaemonOptions, context: DaemonContext): Promise<Daemon> {
  const paths = profilePaths(options.home, options.profile);
  makeStateDir(paths);
  const other = claimPidFile(paths, process.pid);
  if (other !== undefined) throw new Error(`profile ${options.profile} runs already (pid ${other})`);

  const { log, close: closeLog } = fileLog(paths.logFile, context.clock);
  const closers = new Closers((part, error) => log(`cannot stop ${part}: ${String(error)}`));
  closers.add('log', closeLog);
  closers.add('pid file', () => releasePidFile(paths, process.pid));
  try {
    await bringUp(options, context, paths, log, closers);
  } catch (error) {
    log(`start failed: ${error instanceof Error ? error.stack : String(error)}`);
    await closers.closeAll();
    throw error;
  }
  return { log, stop: () => closers.closeAll() };
}

async function bringUp(options: DaemonOptions, context: DaemonContext, paths: ProfilePaths, log: Log, closers: Closers): Promise<void> {
  const { clock, random, report } = context;
  const step = (message: string) => {
    log(message);
    report({ type: 'step', message });
  };
  const settings = await readSettings(paths);

  step('Opening the store');
  const [pki, store] = await Promise.all([loadPki(paths.pkiDir, clock.now()), openDiskStore(paths.storeDir)]);
  closers.add('store', () => store.close());

  const turns = new Turns();
  const loopClock = clockInTurns(clock, turns);
  const { runtime, notice } = await chooseRuntime({
    wanted: options.runtime, ...(settings && { last: settings.runtime }), profile: options.profile, stateDir: paths.dir, clock: loopClock, random,
  });
  const runtimes = new Runtimes(runtime, async (name) => (await chooseRuntime({ wanted: name, profile: options.profile, stateDir: paths.dir, clock: loopClock, random })).runtime);
  closers.add('runtimes', () => runtimes.close());
  if (notice) report({ type: 'notice', message: notice });

  step('Serving the API');
  const metrics = processMetrics(clock);
  const staticTokens = options.tokenAuthFile === undefined ? pki.staticTokens : readFileSync(options.tokenAuthFile, 'utf8');
  const audit = options.audit && auditing(options.audit, clock, log, closers);
  const agentOf = (nodeName: string | undefined) => (nodeName === undefined ? fleet.kubelets.values().next().value : fleet.kubelets.get(nodeName))?.agent;
  const started = new Set<string>();
  const api = createApiServer({
    store, kinds: apisOf(options), clock, random, log,
    tls: { cert: pki.apiServer.cert, key: pki.apiServer.key, clientCa: pki.ca.cert },
    serviceAccountKey: pki.serviceAccountKey, frontProxy: pki.frontProxyClient,
    ...(staticTokens && { staticTokens }), ...(audit && { audit }),
    serviceCIDR, nodePortRange, metrics,
    components: loopNames.map((name) => ({ name, check: () => (started.has(name) ? undefined : 'not started yet') })),
    nodeAgent: agentOf,
  });
  closers.add('api', () => api.close());
  const clientOf = (manager: string) => clientInTurns(inProcessClient(api.registry, loopbackUser, manager), turns);
  const client = clientOf('kube-apiserver');
  await createFirstObjects(client, { clients: pki.ca.cert, frontProxies: pki.frontProxyCa.cert, frontProxyName });
  const apiPort = await listenForApi((port) => api.listen(loopback, port), options.apiPort, settings?.apiPort);

  const informers = createInformerSet({ client, clock, random, log });
  closers.add('informers', () => informers.stop());
  const loop = { client, clock: loopClock, random, log, informers };
  const apiAddress = new ApiAddress(api, client, apiPort);
  const fleet: Fleet = new Fleet({
    ...loop, runtimes,
    startKubelet: async ({ name, podCIDR, capacity, runtime: on }, nodeNetwork) => startKubelet({
      ...loop, client: clientOf('kubelet'), runtime: await runtimes.get(on), network: nodeNetwork, node: { name, podCIDR, capacity },
      clusterDNS: dnsServiceIP, clusterDomain, manifests: manifestsIn(join(paths.dir, 'nodes', name, 'manifests')),
      untilWithdrawn: (pod) => network.untilWithdrawn(pod),
    }),
    async networkUp(name, nodeNetwork) {
      await apiAddress.reachableFrom(nodeNetwork);
      await network.nodeAdded(name);
    },
    networkDown: (name) => network.nodeRemoved(name),
  });
  const machines = await ensureMachines(client, {
    profile: options.profile, count: options.nodes ?? 1, runtime: runtime.name, ...(settings && { lastRuntime: settings.runtime }), capacity: options.capacity ?? {},
  });
  closers.add('machines', async () => {
    for (const each of await runtimes.all()) await takeDownAll(each, [...fleet.networks.keys()], stopGraceSeconds);
  });
  await fleet.connect(machines, step);
  for (const nodeNetwork of fleet.networks.values()) await apiAddress.reachableFrom(nodeNetwork);
  await writeSettings(paths, { ...settings, runtime: runtime.name, apiPort, kubeconfig: options.kubeconfig });

  step('Starting the control plane');
  const controllers = startControllers({ ...loop, metrics, kinds: api.registry.kinds, foreign: api.foreign, client: clientOf('kube-controller-manager'), clusterCA: pki.ca.cert, signCertificate: certificateSigner(pki), volumesDirectory: paths.volumesDir });
  closers.add('controllers', () => controllers.stop());
  const scheduler = startScheduler({ ...loop, client: clientOf('kube-scheduler') });
  closers.add('scheduler', () => scheduler.stop());
  for (const name of loopNames) started.add(name);
  const network = await startNetwork({ ...loop, networks: fleet.networks, clusterDomain, clusterDNS: dnsServiceIP, listenOnHost: true, edge: edgeSettings(options, settings, pki.ingress) });
  closers.add('network', () => network.stop());
  await writeSettings(paths, { runtime: runtime.name, apiPort, kubeconfig: options.kubeconfig, ...(network.edgePorts && { httpPort: network.edgePorts.http, httpsPort: network.edgePorts.https }) });
  const keeper = startVolumeKeeper({ ...loop, runtime, client: clientOf('kube-controller-manager') });
  closers.add('volume keeper', () => keeper.stop());
  closers.add('fleet', () => fleet.stop());
  await fleet.run(machines);

  step(machines.length === 1 ? 'Waiting for the node' : `Waiting for ${machines.length} nodes`);
  await Promise.all(machines.map(({ name }) => nodeReady(client, name)));
  report({
    type: 'ready', profile: options.profile, runtime: runtime.name, pid: process.pid,
    apiServer: `https://127.0.0.1:${apiPort}`, context: options.profile, nodes: machines.map(({ name }) => name),
    ...(network.edgePorts && { ingress: network.edgePorts }),
  });
  log('ready');
  const later = Promise.all([
    ensureControllerPolicy(client).catch((error: unknown) => log(`cannot create the roles of controllers: ${String(error)}`)),
    createGatewayClass(client).catch((error: unknown) => log(`cannot create the class of Gateways: ${String(error)}`)),
    ensureFlowControl(client).catch((error: unknown) => log(`cannot create flow schemas and priority levels: ${String(error)}`)),
  ]);
  closers.add('defaults', async () => void (await later));
  closers.add('first objects', keepFirstObjects({ client, clock, log, published: () => apiAddress.current }));
}
