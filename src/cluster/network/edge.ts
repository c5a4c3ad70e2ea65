import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Random } from '../../api/clock';
import type { Client } from '../../client/client';
import type { Recorder } from '../../client/record';
import type { NodeNetwork } from '../../runtime/port';
import { openFront, type Front, type FrontOptions } from './http/front';
import { Pools, targetKey } from './http/pools';
import type { Target } from './http/route';
import { IngressController } from './ingress/controller';
import type { ClusterState } from './state';

/** Where requests from outside come in. */
export interface EdgeSettings {
  /** In the order of preference; the last resort is any free port. With `only` there is none. */
  readonly http: PortChoice;
  readonly https: PortChoice;
  /** For clients that name a host without a certificate. PEM. */
  readonly certificate: { readonly cert: string; readonly key: string };
}

export interface PortChoice {
  readonly wanted: readonly number[];
  readonly only?: boolean;
}

export interface EdgeOptions {
  readonly client: Client;
  readonly state: ClusterState;
  readonly networks: ReadonlyMap<string, NodeNetwork>;
  readonly clock: Clock;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly log: (line: string) => void;
}

export interface EdgePorts {
  readonly http: number;
  readonly https: number;
}

interface Edge {
  readonly ports: EdgePorts;
  stop(): Promise<void>;
}

const localhost = ['127.0.0.1', '::1'] as const;

/** The HTTP front of the cluster on this machine: listens, and asks the tables of Ingresses and Gateways where to. */
export async function startEdge(settings: EdgeSettings, options: EdgeOptions): Promise<Edge> {
  const { networks, clock, random, log } = options;
  const pools = new Pools((target) => dial(target, networks), clock);
  let controller: IngressController | undefined;
  const ports = { http: 0, https: 0 };
  const base: Omit<FrontOptions, 'router'> = { pools, clock, random, log, ports: () => ({ own: 0, ...ports }) };
  const router: FrontOptions['router'] = {
    find: (head) => controller?.find(head) ?? { status: 503, message: 'the cluster is starting' },
    certificate: (name) => controller?.certificate(name),
  };
  const fronts: Front[] = [];
  const stop = async () => {
    await controller?.stop();
    await Promise.all(fronts.map((front) => front.close()));
    await pools.destroy();
  };
  try {
    for (const scheme of ['http', 'https'] as const) {
      const front = { ...base, router, ...(scheme === 'https' && { secure: settings.certificate }) };
      const opened = await openAny(scheme, settings[scheme], (port) => openFront(port, localhost, front));
      fronts.push(opened.front);
      ports[scheme] = opened.port;
    }
    controller = new IngressController({
      ...options, address: localhost[0], ports,
      changed: () => pools.keep(new Set((controller?.backends() ?? []).flatMap((backend) => backend.targets.map((target) => targetKey(backend, target))))),
    });
    return { ports, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first port that can be had. Rejects, naming the flag, when one was asked for that cannot. */
async function openAny(scheme: string, { wanted, only }: PortChoice, open: (port: number) => Promise<Front & { port: number }>): Promise<{ front: Front; port: number }> {
  for (const port of only ? wanted : [...wanted, 0]) {
    try {
      const front = await open(port);
      return { front, port: front.port };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const isTaken = code === 'EADDRINUSE' || code === 'EACCES';
      if (only || !isTaken) throw new Error(`ingress cannot listen on 127.0.0.1:${port}: ${code === 'EADDRINUSE' ? 'another program listens there' : message}; choose another with --${scheme}-port`);
    }
  }
  throw new Error(`there is no port for ${scheme}`);
}

function dial(target: Target, networks: ReadonlyMap<string, NodeNetwork>): Promise<Duplex> {
  const { address, port, nodeName, external } = target;
  if (external) return dialOutside(address, port);
  const network = (nodeName !== undefined && networks.get(nodeName)) || [...networks.values()][0];
  return network ? network.dial(address, port) : Promise.reject(new Error('there is no node'));
}

function dialOutside(host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('error', reject).once('connect', () => {
      socket.off('error', reject).on('error', () => undefined);
      resolve(socket);
    });
  });
}
