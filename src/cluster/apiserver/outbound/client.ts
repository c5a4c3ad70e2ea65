import { request as httpsRequest, type Agent } from 'node:https';
import type { ClientRequest, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Clock } from '../../../api/clock';
import { AgentPool, bare, type Peer } from './agents';
import { goReason } from './go-errors';
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
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ClientOptions {
  readonly clock: Clock;
  readonly dial: ServiceDialer;
}

const answerBytesMax = 64 * 1024 * 1024;

export interface Asking {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

/** Talks HTTPS to the servers that others named, and keeps connections. Errors are worded as those of Go's net/http. */
export class OutboundClient {
  readonly #agents: AgentPool;

  constructor(private readonly options: ClientOptions) {
    this.#agents = new AgentPool(options.dial);
  }

  /** Rejects when no whole answer came in time. */
  async post({ url: text, ...remote }: Remote, json: string, timeoutMs: number): Promise<Answer> {
    const url = new URL(text);
    url.searchParams.set('timeout', `${Math.ceil(timeoutMs / 1000)}s`);
    const body = Buffer.from(json);
    const headers = { 'content-type': 'application/json', accept: 'application/json, */*', 'user-agent': 'kube-apiserver-admission', 'content-length': body.length };
    const asking = { method: 'POST', path: url.pathname + url.search, headers };
    // Go prints the port as it was given.
    return this.ask({ host: remote.service ? url.hostname : url.host, ...remote }, asking, timeoutMs, body)
      .catch((error: Error) => Promise.reject(new Error(`Post "${text}${url.search}": ${error.message}`)));
  }

  /** A whole answer. Rejects with an Error worded as Go's, but for the URL. */
  async ask(peer: Peer, asking: Asking, timeoutMs: number, body?: Buffer): Promise<Answer> {
    const abort = new AbortController();
    const cancel = this.options.clock.schedule(timeoutMs, () => abort.abort());
    const send = () => exchange(this.open(peer, asking, abort.signal), body);
    try {
      return await send().catch((error: unknown) => (isStale(error) ? send() : Promise.reject(error as Error)));
    } catch (error) {
      throw new Error(abort.signal.aborted ? 'context deadline exceeded' : goReason(error as Error));
    } finally {
      cancel();
    }
  }

  /** A request whose body and answer are the caller's. */
  open(peer: Peer, { method, path, headers }: Asking, signal?: AbortSignal): ClientRequest {
    const { hostname, port } = new URL(`https://${peer.host}`);
    const agent: Agent = this.#agents.agentFor(peer);
    return httpsRequest({ hostname: bare(hostname), port: port || 443, method, path, headers, agent, ...(signal && { signal }) });
  }

  close(): void {
    this.#agents.close();
  }
}

/** A kept connection that its other end has closed meanwhile. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

const isStale = (error: unknown) => error instanceof StaleConnection;

function exchange(outgoing: ClientRequest, body: Buffer | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', (error: NodeJS.ErrnoException) => reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error));
    outgoing.once('response', (response) => {
      read(response).then((whole) => resolve({ code: response.statusCode ?? 0, headers: response.headers, body: whole }), reject);
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
