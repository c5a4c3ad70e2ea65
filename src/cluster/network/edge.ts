import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Random } from '../../api/clock';
import type { Client } from '../../client/client';
import type { Recorder } from '../../client/record';
import type { NodeNetwork } from '../../runtime/port';
import { Fronts } from './fronts';
import { GatewayController, gatewaysAreServed } from './gateway/controller';
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
  const ports = { http: 0, https: 0 };
  const base: Omit<FrontOptions, 'router'> = { pools, clock, random, log, ports: () => ({ own: 0, ...ports }) };
  let ingress: IngressController | undefined;
  let gateway: GatewayController | undefined;
  const changed = () => pools.keep(new Set([...(ingress?.backends() ?? []), ...(gateway?.backends() ?? [])]
    .flatMap((backend) => backend.targets.map((target) => targetKey(backend, target)))));
  /** What Gateways know as 80 and 443 is where those are served on this machine. */
  const router = (scheme: 'http' | 'https'): FrontOptions['router'] => {
    const known = () => [usualPorts[scheme], ports[scheme]];
    return {
      find: (head) => first(known(), (port) => gateway?.find(port, head)) ?? ingress?.find(head) ?? { status: 503, message: 'the cluster is starting' },
      certificate: (name) => first(known(), (port) => gateway?.certificate(port, name)) ?? ingress?.certificate(name),
    };
  };
  const usual = new Map<number, 'http' | 'https'>();
  const more = new Fronts(({ port, secure }) => openFront(port, localhost, {
    ...base, ...(secure && { secure: settings.certificate }),
    router: {
      find: (head) => gateway?.find(port, head) ?? { status: 404, message: `no route of a Gateway on port ${port} takes ${head.path} on host ${head.host}` },
      certificate: (name) => gateway?.certificate(port, name),
    },
  }), clock, () => gateway?.again());
  const portProblem = (port: number, secure: boolean): string | undefined => {
    const scheme = usual.get(port);
    return scheme && (scheme === 'https') !== secure ? `it serves ${scheme.toUpperCase()}` : more.problem(port);
  };
  const gatewaysChanged = (): Promise<boolean> => {
    changed();
    return more.keep(gateway?.ports().filter(({ port }) => !usual.has(port)) ?? []);
  };
  const fronts: Front[] = [];
  let stopped = false;
  const stop = async () => {
    stopped = true;
    await Promise.all([ingress?.stop(), gateway?.stop()]);
    await Promise.all([more.close(), ...fronts.map((front) => front.close())]);
    await pools.destroy();
  };
  try {
    for (const scheme of ['http', 'https'] as const) {
      const front = { ...base, router: router(scheme), ...(scheme === 'https' && { secure: settings.certificate }) };
      const opened = await openAny(scheme, settings[scheme], (port) => openFront(port, localhost, front));
      fronts.push(opened.front);
      ports[scheme] = opened.port;
      usual.set(usualPorts[scheme], scheme).set(opened.port, scheme);
    }
    ingress = new IngressController({ ...options, address: localhost[0], ports, changed });
    gatewaysAreServed(options.client, clock, () => stopped).then(() => {
      if (!stopped) gateway = new GatewayController({ ...options, address: localhost[0], portProblem, changed: gatewaysChanged });
    }).catch((error: unknown) => log(`gateway: ${String(error)}`));
    return { ports, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const usualPorts = { http: 80, https: 443 } as const;

function first<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
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
