import type { Clock, Random } from '../../../api/clock';
import type { Recorder } from '../../../client/record';
import type { NodeNetwork } from '../../../runtime/port';
import { debounce } from '../debounce';
import { onAnyChange, type ClusterState } from '../state';
import { movesHostPorts } from '../rules/host-port';
import { connectTo } from './connect';
import { portHolder } from './holder';
import { listenTcp, type HostListener } from './listener';
import { hostPorts, hostPortKey, type HostPort } from './plan';
import { listenUdp } from './udp';

export interface NodePortsOptions {
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

/** Opens the Services' node ports and the pods' host ports on this machine, and closes them with their owners. Returns the function that ends it. */
export function startNodePorts(options: NodePortsOptions): () => Promise<void> {
  const { state, networks, clock, random, log } = options;
  const listeners = new Map<string, HostListener>();
  const refused = new Set<string>();
  let plan: ReadonlyMap<string, HostPort> = new Map();
  let cancelRetry = () => {};

  async function open(key: string): Promise<void> {
    const { protocol, port, owner } = plan.get(key)!;
    // The plan of the moment, not the one that the port was opened with.
    const row = () => plan.get(key);
    const connect = () => {
      const now = row();
      return now ? connectTo(now, networks, random) : Promise.reject(new Error('nobody wants the port any more'));
    };
    try {
      listeners.set(key, await (protocol === 'tcp' ? listenTcp(port, connect) : listenUdp(port, row, networks, clock)));
      refused.delete(key);
      log(`port ${key} of ${nameOf(owner)} is open`);
    } catch (error) {
      if (!refused.has(key)) await report(options, plan.get(key)!, error as NodeJS.ErrnoException);
      refused.add(key);
    }
  }

  async function sync(): Promise<void> {
    plan = hostPorts({
      services: state.services.list(), slices: state.endpointSlices.list(), pods: state.pods.list(),
      nodeNames: [...networks.keys()], addressOf: (name) => (networks.get(name)?.simulated ? undefined : networks.get(name)?.address),
    });
    const gone = [...listeners.keys()].filter((key) => !plan.has(key));
    for (const key of refused) if (!plan.has(key)) refused.delete(key);
    await Promise.all(gone.map(async (key) => {
      const listener = listeners.get(key)!;
      listeners.delete(key);
      await listener.close();
    }));
    await Promise.all([...plan.keys()].filter((key) => !listeners.has(key)).map(open));
    cancelRetry();
    if (refused.size > 0) cancelRetry = clock.schedule(retryTakenMs, () => loop.trigger());
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

const nameOf = ({ kind, metadata }: HostPort['owner']): string => `${kind} ${metadata.namespace}/${metadata.name}`;

async function report({ recorder, log }: NodePortsOptions, hostPort: HostPort, error: NodeJS.ErrnoException): Promise<void> {
  const { owner, port, protocol } = hostPort;
  const message = `${hostPortKey(hostPort)} cannot be opened on this machine: ${await why(error, port, protocol)}`;
  log(`${nameOf(owner)}: ${message}`);
  const { name, namespace, uid, resourceVersion } = owner.metadata;
  recorder.record({
    about: { apiVersion: 'v1', kind: owner.kind, name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) },
    severity: 'Warning', reason: owner.kind === 'Service' ? 'NodePortUnavailable' : 'HostPortUnavailable', message,
  });
}

async function why(error: NodeJS.ErrnoException, port: number, protocol: HostPort['protocol']): Promise<string> {
  if (error.code !== 'EADDRINUSE') return error.message;
  const holder = protocol === 'tcp' ? await portHolder(port) : undefined;
  return holder
    ? `port ${port} is in use by ${holder.command} (pid ${holder.pid}); it is opened once that ends`
    : `port ${port} is in use by another program; it is opened once that ends`;
}
