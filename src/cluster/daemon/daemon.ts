import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Random } from '../../api/clock';
import { claimPidFile, makeStateDir, profilePaths, readSettings, releasePidFile, writeSettings, type ProfilePaths, type StartEvent } from '../../client/profile';
import { kinds } from '../../kinds';
import type { Client } from '../../client/client';
import { createInformerSet } from '../../client/informer';
import { createApiServer, type ApiServer } from '../apiserver/server';
import type { NodeAgent } from '../apiserver/node-agent';
import { startControllers } from '../controllers';
import { startKubelet, startVolumeKeeper } from '../kubelet';
import { startNetwork } from '../network';
import { startScheduler } from '../scheduler';
import { openDiskStore } from '../store';
import type { NodeNetwork } from '../../runtime/port';
import { auditing } from './auditing';
import { createFirstObjects, ensureControllerPolicy, publishApiAddress } from './bootstrap';
import { clusterDomain, dnsServiceIP, nodePortRange, serviceCIDR } from './cidrs';
import { Closers } from './closers';
import { inProcessClient } from './in-process-client';
import { fileLog, type Log } from './log';
import { bringUpNodes, nodeSpecs, takeDownNodes } from './nodes';
import type { DaemonOptions } from './options';
import { certificateSigner, loadPki } from './pki';
import { chooseApiPort } from './ports';
import { processMetrics } from './process-metrics';
import { chooseRuntime } from './runtimes';
import { nodeReady } from './readiness';

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

/**
 * Pods reach the API where the engine's network has the host. Simulated pods reach nothing, and endpoints may not be
 * loopback addresses: there the node's own address stands for it.
 */
async function publishApi(api: ApiServer, client: Client, { hostAddress, address }: NodeNetwork, port: number): Promise<void> {
  if (hostAddress === loopback) return publishApiAddress(client, address, port);
  await api.listen(hostAddress, port);
  await publishApiAddress(client, hostAddress, port);
}

async function bringUp(options: DaemonOptions, context: DaemonContext, paths: ProfilePaths, log: Log, closers: Closers): Promise<void> {
  const { clock, random, report } = context;
  const step = (message: string) => {
    log(message);
    report({ type: 'step', message });
  };
  const settings = await readSettings(paths);

  step('Opening the store');
  const [pki, store, apiPort] = await Promise.all([
    loadPki(paths.pkiDir, clock.now()),
    openDiskStore(paths.storeDir),
    chooseApiPort(options.apiPort, settings?.apiPort),
  ]);
  closers.add('store', () => store.close());

  const { runtime, notice } = await chooseRuntime({
    wanted: options.runtime, ...(settings && { last: settings.runtime }), profile: options.profile, stateDir: paths.dir, clock, random,
  });
  closers.add('runtime', () => runtime.close());
  if (notice) report({ type: 'notice', message: notice });

  step('Serving the API');
  const metrics = processMetrics(clock);
  const staticTokens = options.tokenAuthFile === undefined ? pki.staticTokens : readFileSync(options.tokenAuthFile, 'utf8');
  const audit = options.audit && auditing(options.audit, clock, log, closers);
  const agents = new Map<string, NodeAgent>();
  const api = createApiServer({
    store, kinds, clock, random, log,
    tls: { cert: pki.apiServer.cert, key: pki.apiServer.key, clientCa: pki.ca.cert },
    serviceAccountKey: pki.serviceAccountKey,
    ...(staticTokens && { staticTokens }), ...(audit && { audit }),
    serviceCIDR, nodePortRange, metrics,
    nodeAgent: (nodeName) => (nodeName === undefined ? agents.values().next().value : agents.get(nodeName)),
  });
  closers.add('api', () => api.close());
  const clientOf = (manager: string) => inProcessClient(api.registry, loopbackUser, manager);
  const client = clientOf('kube-apiserver');
  await createFirstObjects(client);
  await api.listen(loopback, apiPort);

  const specs = nodeSpecs(options.profile, 1);
  const nodes = await bringUpNodes(runtime, specs, step);
  closers.add('nodes', () => takeDownNodes(runtime, nodes, stopGraceSeconds));
  await publishApi(api, client, nodes[0]!.network, apiPort);
  await writeSettings(paths, { runtime: runtime.name, apiPort, kubeconfig: options.kubeconfig });

  step('Starting the control plane');
  const informers = createInformerSet({ client, clock, random, log });
  closers.add('informers', () => informers.stop());
  const loop = { client, clock, random, log, informers };
  const controllers = startControllers({ ...loop, metrics, kinds: api.registry.kinds, client: clientOf('kube-controller-manager'), clusterCA: pki.ca.cert, signCertificate: certificateSigner(pki), volumesDirectory: paths.volumesDir });
  closers.add('controllers', () => controllers.stop());
  const scheduler = startScheduler({ ...loop, client: clientOf('kube-scheduler') });
  closers.add('scheduler', () => scheduler.stop());
  const network = await startNetwork({
    ...loop, networks: new Map(nodes.map((node) => [node.spec.name, node.network])),
    clusterDomain, clusterDNS: dnsServiceIP, listenOnHost: true,
  });
  closers.add('network', () => network.stop());
  const keeper = startVolumeKeeper({ ...loop, runtime, client: clientOf('kube-controller-manager') });
  closers.add('volume keeper', () => keeper.stop());
  for (const node of nodes) {
    const kubelet = await startKubelet({
      ...loop, client: clientOf('kubelet'), runtime, network: node.network, node: node.spec,
      clusterDNS: dnsServiceIP, clusterDomain, stateDir: join(paths.dir, 'nodes', node.spec.name),
    });
    agents.set(node.spec.name, kubelet.agent);
    closers.add(`kubelet ${node.spec.name}`, () => kubelet.stop());
  }

  step(specs.length === 1 ? 'Waiting for the node' : `Waiting for ${specs.length} nodes`);
  await Promise.all(specs.map((spec) => nodeReady(client, spec.name)));
  report({
    type: 'ready', profile: options.profile, runtime: runtime.name, pid: process.pid,
    apiServer: `https://127.0.0.1:${apiPort}`, context: options.profile, nodes: specs.map((spec) => spec.name),
  });
  log('ready');
  const policy = ensureControllerPolicy(client).catch((error: unknown) => log(`cannot create the roles of controllers: ${String(error)}`));
  closers.add('policy', () => policy);
}
