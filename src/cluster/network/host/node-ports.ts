import type { Clock, Random } from '../../../api/clock';
import type { Client } from '../../../client/client';
import type { Recorder } from '../../../client/record';
import type { NodeNetwork } from '../../../runtime/port';
import { debounce } from '../debounce';
import { onAnyChange, type ClusterState } from '../state';
import { movesHostPorts } from '../rules/host-port';
import { Balancers } from './balancers';
import { connectTo } from './connect';
import { portHolder } from './holder';
import { listenTcp, type HostListener } from './listener';
import { loopbackAddresses } from './load-balancer';
import { hostPorts, hostPortKey, type HostPort } from './plan';
import { isOwn } from './own-addresses';
import { isWelcome } from './sources';
import { listenUdp } from './udp';

export interface NodePortsOptions {
  client: Client;
  state: ClusterState;
  networks: ReadonlyMap<string, NodeNetwork>;
  clock: Clock;
  random: Random;
  recorder: Recorder;
  log: (line: string) => void;
}

const delayMs = 10;

/** A port that another program holds is tried again; the first failure is told as an event, the rest are not. */
const retryTakenMs = 5000;

/**
 * Opens on this machine what the plan says: node ports and load balancers of Services, host ports of pods. Closes it
 * with its owner. Returns the function that ends it.
 */
export function startNodePorts(options: NodePortsOptions): () => Promise<void> {
  const { state, networks, clock, random, log } = options;
  const listeners = new Map<string, HostListener>();
  const refused = new Set<string>();
  const balancers = new Balancers({
    client: options.client, addresses: loopbackAddresses(process.platform),
    report: (service, message) => record(options, { kind: 'Service', metadata: service.metadata }, 'LoadBalancerUnavailable', message),
  });
  let plan: ReadonlyMap<string, HostPort> = new Map();
  let cancelRetry = () => {};

  async function open(key: string): Promise<void> {
    const wanted = plan.get(key)!;
    // The plan of the moment, not the one that the port was opened with.
    const row = () => plan.get(key);
    const connect = (client: string) => {
      const now = row();
      if (!now) return Promise.reject(new Error('nobody wants the port any more'));
      return isWelcome(now, client) ? connectTo(now, networks, random) : Promise.reject(new Error(`${client} is not in the source ranges`));
    };
    try {
      listeners.set(key, await (wanted.protocol === 'tcp' ? listenTcp(wanted, connect) : listenUdp(wanted, row, networks, clock)));
      refused.delete(key);
      log(`${wanted.use} ${key} of ${nameOf(wanted.owner)} is open`);
    } catch (error) {
      await openFailed(key, wanted, error as NodeJS.ErrnoException);
    }
  }

  async function openFailed(key: string, wanted: HostPort, error: NodeJS.ErrnoException): Promise<void> {
    const message = `${hostPortKey({ protocol: wanted.protocol, port: wanted.port })} cannot be opened ${wanted.use === 'external address' ? `at ${wanted.address}` : 'on this machine'}: ${await why(error, wanted.port, wanted.protocol)}`;
    if (wanted.use === 'load balancer') {
      balancers.refuse(wanted, error, message);
      return loop.trigger();
    }
    if (!refused.has(key)) record(options, wanted.owner, unavailable[wanted.use], message);
    refused.add(key);
  }

  async function sync(): Promise<void> {
    const services = state.services.list();
    let addresses: ReadonlyMap<string, string> = new Map();
    plan = hostPorts({
      services, slices: state.endpointSlices.list(), pods: state.pods.list(),
      nodeNames: [...networks.keys()], addressOf: (name) => (networks.get(name)?.simulated ? undefined : networks.get(name)?.address),
      isOwn, balancers: (isTaken) => (addresses = balancers.assign(services, isTaken)),
    });
    const gone = [...listeners.keys()].filter((key) => !plan.has(key));
    for (const key of refused) if (!plan.has(key)) refused.delete(key);
    await Promise.all(gone.map(async (key) => {
      const listener = listeners.get(key)!;
      listeners.delete(key);
      await listener.close();
    }));
    await Promise.all([...plan.keys()].filter((key) => !listeners.has(key)).map(open));
    const balanced = [...plan].filter(([, { use }]) => use === 'load balancer');
    await balancers.settle(services, addresses, ({ metadata }) => {
      const own = balanced.filter(([, { owner }]) => owner.metadata.uid === metadata.uid && owner.metadata.name === metadata.name && owner.metadata.namespace === metadata.namespace);
      return { wanted: own.length, open: own.filter(([key]) => listeners.has(key)).length };
    });
    cancelRetry();
    if (refused.size > 0 || balancers.waits) {
      cancelRetry = clock.schedule(retryTakenMs, () => {
        balancers.tryAgain();
        loop.trigger();
      });
    }
  }

  const loop = debounce(sync, {
    clock, delayMs, retryMs: 1000, retryMsMost: 10_000,
    onError: (error) => log(`node ports: ${error instanceof Error ? error.message : String(error)}`),
  });
  const ends = [onAnyChange(state.services, () => loop.trigger()), onAnyChange(state.endpointSlices, () => loop.trigger()), onAnyChange(state.pods, (pod, old) => {
    if (movesHostPorts(pod, old)) loop.trigger();
  })];
  loop.trigger();
  return async () => {
    for (const end of ends) end();
    await loop.stop();
    cancelRetry();
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
  };
}

/** Reasons of events; a load balancer's ports are told of with its address. */
const unavailable = { 'node port': 'NodePortUnavailable', 'host port': 'HostPortUnavailable', 'external address': 'ExternalAddressUnavailable' } as const;

const nameOf = ({ kind, metadata }: HostPort['owner']): string => `${kind} ${metadata.namespace}/${metadata.name}`;

function record({ recorder, log }: NodePortsOptions, owner: HostPort['owner'], reason: string, message: string): void {
  log(`${nameOf(owner)}: ${message}`);
  const { name, namespace, uid, resourceVersion } = owner.metadata;
  recorder.record({
    about: { apiVersion: 'v1', kind: owner.kind, name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) },
    severity: 'Warning', reason, message,
  });
}

async function why(error: NodeJS.ErrnoException, port: number, protocol: HostPort['protocol']): Promise<string> {
  if (error.code === 'EACCES') return `port ${port} is for the system's administrator only`;
  if (error.code !== 'EADDRINUSE') return error.message;
  const holder = protocol === 'tcp' ? await portHolder(port) : undefined;
  return holder
    ? `port ${port} is in use by ${holder.command} (pid ${holder.pid}); it is opened once that ends`
    : `port ${port} is in use by another program; it is opened once that ends`;
}
