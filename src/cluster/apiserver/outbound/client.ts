import { Agent, request as httpsRequest, type AgentOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import type { Clock } from '../../../api/clock';
import { goReason, verifyName } from './go-errors';
import type { ServiceDialer, ServiceTarget } from './service-dialer';

/** A server that the configuration of a webhook names. */
export interface Remote {
  /** `https://name.namespace.svc:443/path` for one behind a Service. */
  readonly url: string;
  readonly service?: ServiceTarget;
  /** PEM in base64; without it the authorities that the machine knows are trusted. */
  readonly caBundle?: string;
}

export interface Answer {
  readonly code: number;
  readonly body: Buffer;
}

export interface ClientOptions {
  readonly clock: Clock;
  readonly dial: ServiceDialer;
}

/** How many servers are remembered with their connections. Source: defaultCacheSize of webhookutil.ClientManager. */
const agentsMax = 200;
const answerBytesMax = 16 * 1024 * 1024;
const idleMs = 30_000;

/** Posts JSON over HTTPS and keeps connections. Errors are worded as those of Go's net/http. */
export class OutboundClient {
  readonly #agents = new Map<string, Agent>();

  constructor(private readonly options: ClientOptions) {}

  /** Rejects when no whole answer came in time. */
  async post(remote: Remote, json: string, timeoutMs: number): Promise<Answer> {
    const url = new URL(remote.url);
    url.searchParams.set('timeout', `${Math.ceil(timeoutMs / 1000)}s`);
    const abort = new AbortController();
    const cancel = this.options.clock.schedule(timeoutMs, () => abort.abort());
    const send = () => exchange(url, this.#agentFor(remote, url.hostname), Buffer.from(json), abort.signal);
    try {
      return await send().catch((error: unknown) => (isStale(error) ? send() : Promise.reject(error as Error)));
    } catch (error) {
      // Go prints the port as it was given.
      throw new Error(`Post "${remote.url}${url.search}": ${abort.signal.aborted ? 'context deadline exceeded' : goReason(error as Error)}`);
    } finally {
      cancel();
    }
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #agentFor(remote: Remote, host: string): Agent {
    const { service, caBundle = '' } = remote;
    const key = JSON.stringify([service ?? new URL(remote.url).host, caBundle]);
    let agent = this.#agents.get(key);
    if (agent) this.#agents.delete(key);
    else agent = makeAgent(host, caBundle, service && (() => this.options.dial(service)));
    this.#agents.set(key, agent);
    if (this.#agents.size > agentsMax) this.#forgetOldest();
    return agent;
  }

  #forgetOldest(): void {
    const [key, agent] = this.#agents.entries().next().value!;
    this.#agents.delete(key);
    agent.destroy();
  }
}

type Created = (error: Error | null, socket?: Duplex) => void;

function makeAgent(host: string, caBundle: string, dial: (() => Promise<Duplex>) | undefined): Agent {
  const tls: ConnectionOptions = {
    // Any certificate that is given is trusted, not only self-signed ones.
    ...(caBundle && { ca: Buffer.from(caBundle, 'base64'), allowPartialTrustChain: true }),
    servername: isIP(host) ? '' : host, checkServerIdentity: (_name, certificate) => verifyName(host, certificate),
  };
  const agent = new Agent({ keepAlive: true, timeout: idleMs, ...tls } as AgentOptions);
  if (!dial) return agent;
  const createConnection = (_options: object, created: Created): void => {
    dial().then((socket) => created(null, connect({ ...tls, socket })), (error: Error) => created(error));
  };
  return Object.assign(agent, { createConnection });
}

/** A kept connection that its other end has closed meanwhile. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

const isStale = (error: unknown) => error instanceof StaleConnection;

function exchange(url: URL, agent: Agent, body: Buffer, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(url, {
      method: 'POST', agent, signal,
      headers: { 'content-type': 'application/json', accept: 'application/json, */*', 'user-agent': 'kube-apiserver-admission', 'content-length': body.length },
    });
    outgoing.once('error', (error: NodeJS.ErrnoException) => reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error));
    outgoing.once('response', (response) => {
      read(response).then((whole) => resolve({ code: response.statusCode ?? 0, body: whole }), reject);
    });
    outgoing.end(body);
  });
}

async function read(response: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > answerBytesMax) throw new Error(`http: response body larger than ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
