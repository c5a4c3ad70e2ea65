import { Agent, type AgentOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import { verifyName } from './go-errors';
import type { ServiceDialer, ServiceTarget } from './service-dialer';

/** PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A server to talk to over TLS. */
export interface Peer {
  /** The name in its certificate, with the port where there is no Service. */
  readonly host: string;
  readonly service?: ServiceTarget;
  /** PEM in base64; without it the authorities that the machine knows are trusted. */
  readonly caBundle?: string;
  /** Whoever it is. */
  readonly insecure?: boolean;
  /** Who we say we are. */
  readonly identity?: Identity;
}

/** How many servers are remembered with their connections. Source: defaultCacheSize of webhookutil.ClientManager. */
const agentsMax = 200;
const idleMs = 30_000;

/** Keeps connections to the servers that were talked to last. */
export class AgentPool {
  readonly #agents = new Map<string, Agent>();

  constructor(private readonly dial: ServiceDialer) {}

  agentFor(peer: Peer): Agent {
    const { service, host, caBundle = '', insecure = false, identity } = peer;
    const key = JSON.stringify([service ?? host, caBundle, insecure, identity?.cert]);
    let agent = this.#agents.get(key);
    if (agent) this.#agents.delete(key);
    else agent = makeAgent(peer, service && (() => this.dial(service)));
    this.#agents.set(key, agent);
    if (this.#agents.size > agentsMax) this.#forgetOldest();
    return agent;
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #forgetOldest(): void {
    const [key, agent] = this.#agents.entries().next().value!;
    this.#agents.delete(key);
    agent.destroy();
  }
}

type Created = (error: Error | null, socket?: Duplex) => void;

function makeAgent(peer: Peer, dial: (() => Promise<Duplex>) | undefined): Agent {
  const tls = tlsOptions(peer);
  const agent = new Agent({ keepAlive: true, timeout: idleMs, ...tls } as AgentOptions);
  if (!dial) return agent;
  const createConnection = (_options: object, created: Created): void => {
    dial().then((socket) => created(null, connect({ ...tls, socket })), (error: Error) => created(error));
  };
  return Object.assign(agent, { createConnection });
}

/** An address without the brackets that it has in a URL. */
export const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function tlsOptions({ host, caBundle, insecure, identity }: Peer): ConnectionOptions {
  const name = bare(new URL(`https://${host}`).hostname);
  return {
    // Any certificate that is given is trusted, not only self-signed ones.
    ...(caBundle && { ca: Buffer.from(caBundle, 'base64'), allowPartialTrustChain: true }),
    ...(insecure && { rejectUnauthorized: false }),
    ...identity,
    servername: isIP(name) ? '' : name, checkServerIdentity: (_name, certificate) => (insecure ? undefined : verifyName(name, certificate)),
  };
}
