import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Random } from '../../api/clock';
import type { Client } from '../../client/client';
import type { Recorder } from '../../client/record';
import type { NodeNetwork } from '../../runtime/port';
import { Fronts } from './fronts';
import { GatewayController, gatewaysAreServed } from './gateway/controller';
import { openFront, type Front, type Router } from './http/front';
import { Pools, targetKey } from './http/pools';
import type { Target } from './http/route';
import { Upstreams } from './http/wire/upstreams';
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

const localhost = ['127.0.0.1', '::1'] as const;
const usualPorts = { http: 80, https: 443 } as const;
type Scheme = keyof typeof usualPorts;

/** The HTTP front of the cluster on this machine: listens, and asks the tables of Gateways and Ingresses where to. */
export async function startEdge(settings: EdgeSettings, options: EdgeOptions): Promise<Edge> {
  const edge = new Edge(settings, options);
  try {
    await edge.start();
    return edge;
  } catch (error) {
    await edge.stop();
    throw error;
  }
}

class Edge {
  readonly ports = { http: 0, https: 0 };
  private readonly pools: Pools;
  private readonly upstreams: Upstreams;
  private readonly fronts: Front[] = [];
  /** Ports that Gateways ask for beside the usual ones. */
  private readonly more: Fronts;
  private ingress: IngressController | undefined;
  private gateway: GatewayController | undefined;
  private stopped = false;

  constructor(private readonly settings: EdgeSettings, private readonly options: EdgeOptions) {
    const { networks, clock } = options;
    this.pools = new Pools((target) => dial(target, networks), clock);
    this.upstreams = new Upstreams(this.pools, clock);
    this.more = new Fronts(({ port, secure }) => this.open(port, secure, this.gatewayRouter(port)), clock, () => this.gateway?.again());
  }

  async start(): Promise<void> {
    const { settings, options, ports } = this;
    for (const scheme of ['http', 'https'] as const) {
      const front = await openAny(scheme, settings[scheme], (port) => this.open(port, scheme === 'https', this.usualRouter(scheme)));
      this.fronts.push(front);
      ports[scheme] = front.port;
    }
    const address = localhost[0];
    this.ingress = new IngressController({ ...options, address, ports, changed: () => this.keepPools() });
    gatewaysAreServed(options.client, options.clock, () => this.stopped).then(() => {
      if (this.stopped) return;
      this.gateway = new GatewayController({
        ...options, address, portProblem: (port, secure) => this.portProblem(port, secure), changed: () => this.gatewaysChanged(),
      });
    }).catch((error: unknown) => options.log(`gateway: ${String(error)}`));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([this.ingress?.stop(), this.gateway?.stop()]);
    await Promise.all([this.more.close(), ...this.fronts.map((front) => front.close())]);
    this.upstreams.destroy();
    await this.pools.destroy();
  }

  private open(port: number, secure: boolean, router: Router): Promise<Front> {
    const { pools, upstreams, ports, settings, options: { clock, random, log } } = this;
    return openFront(port, localhost, { pools, upstreams, clock, random, log, router, ports: () => ({ own: 0, ...ports }), ...(secure && { secure: settings.certificate }) });
  }

  /** What Gateways know as 80 and 443 is where those are served on this machine. They come before Ingresses. */
  private usualRouter(scheme: Scheme): Router {
    const known = () => [usualPorts[scheme], this.ports[scheme]];
    return {
      find: (head) => first(known(), (port) => this.gateway?.find(port, head)) ?? this.ingress?.find(head) ?? { status: 503, message: 'the cluster is starting' },
      certificate: (name) => first(known(), (port) => this.gateway?.certificate(port, name)) ?? this.ingress?.certificate(name),
    };
  }

  private gatewayRouter(port: number): Router {
    return {
      find: (head) => this.gateway?.find(port, head) ?? { status: 404, message: `no route of a Gateway on port ${port} takes ${head.path} on host ${head.host}` },
      certificate: (name) => this.gateway?.certificate(port, name),
    };
  }

  private usualScheme(port: number): Scheme | undefined {
    return (['http', 'https'] as const).find((scheme) => port === usualPorts[scheme] || port === this.ports[scheme]);
  }

  private portProblem(port: number, secure: boolean): string | undefined {
    const scheme = this.usualScheme(port);
    return scheme && (scheme === 'https') !== secure ? `it serves ${scheme.toUpperCase()}` : this.more.problem(port);
  }

  private keepPools(): void {
    const backends = [...(this.ingress?.backends() ?? []), ...(this.gateway?.backends() ?? [])];
    const keys = new Set(backends.flatMap((backend) => backend.targets.map((target) => targetKey(backend, target))));
    this.pools.keep(keys);
    this.upstreams.keep(keys);
  }

  private gatewaysChanged(): Promise<boolean> {
    this.keepPools();
    return this.more.keep(this.gateway?.ports().filter(({ port }) => !this.usualScheme(port)) ?? []);
  }
}

function first<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first port that can be had. Rejects, naming the flag, when one was asked for that cannot. */
async function openAny(scheme: string, { wanted, only }: PortChoice, open: (port: number) => Promise<Front>): Promise<Front> {
  for (const port of only ? wanted : [...wanted, 0]) {
    try {
      return await open(port);
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
