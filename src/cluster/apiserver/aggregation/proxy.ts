import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { availability } from '../../../kinds/apiregistration.k8s.io/apiservice/kind';
import type { Exchange, Incoming, Reply } from '../http/exchange';
import { textReply } from '../http/paths/json';
import type { RequestInfo } from '../http/request-info';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import { goReason } from '../outbound/go-errors';
import { forward, passedOn } from '../stream/forward';
import { tunnel } from '../stream/tunnel';
import { peerOf, userHeaders } from './peer';
import type { ApiServices, RemoteService } from './services';

export interface ProxyOptions {
  readonly services: ApiServices;
  readonly client: OutboundClient;
  /** As what the servers behind know us; they trust nobody else with the names of users. */
  readonly identity: Identity | undefined;
}

type Visit = Pick<Exchange, 'info' | 'user' | 'auditId'> & { readonly request: Incoming };

/** Hands requests on to the servers that APIServices name. Source: k8s.io/kube-aggregator/pkg/apiserver/handler_proxy.go. */
export class AggregationProxy {
  constructor(private readonly options: ProxyOptions) {}

  /** Whose business a request is; undefined for our own. */
  find({ path }: RequestInfo): RemoteService | undefined {
    const [root, group, version] = path.split('/').filter(Boolean);
    return root === 'apis' && version !== undefined ? this.options.services.remote(group!, version) : undefined;
  }

  async serve(service: RemoteService, exchange: Exchange): Promise<Reply | void> {
    if (availability(service)?.status !== 'True') return unavailable('service unavailable');
    const failed = (error: Error) => new Error(`error trying to reach service: ${goReason(error)}`);
    try {
      await forward(exchange, this.#open(service, exchange, {}), failed);
    } catch (error) {
      return unavailable((error as Error).message);
    }
  }

  /** Connects the two sides once the server behind agrees; otherwise its answer is passed on. */
  async upgrade(service: RemoteService, visit: Visit & { readonly request: IncomingMessage }, socket: Duplex, head: Buffer): Promise<void> {
    if (availability(service)?.status !== 'True') return refuse(socket, 'service unavailable');
    const { upgrade = '', connection = 'Upgrade' } = visit.request.headers;
    const outgoing = this.#open(service, visit, { connection, upgrade });
    await tunnel(outgoing, socket, head).catch((error: Error) => refuse(socket, `error dialing backend: ${goReason(error)}`));
  }

  #open(service: RemoteService, { request, user, auditId }: Visit, more: OutgoingHttpHeaders) {
    const { client, identity } = this.options;
    const own = Object.entries(passedOn(request.headers)).filter(([name]) => !name.startsWith('x-remote-'));
    const forwardedFor = [request.headers['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean).join(', ');
    const headers = { ...Object.fromEntries(own), ...userHeaders(user), 'audit-id': auditId, ...(forwardedFor && { 'x-forwarded-for': forwardedFor }), ...more };
    return client.open(peerOf(service, identity), { method: request.method ?? 'GET', path: request.url ?? '/', headers });
  }
}

/** As Go's http.Error writes it. */
const unavailable = (why: string): Reply => textReply(503, `${why}\n`);

function refuse(socket: Duplex, why: string): void {
  const body = `${why}\n`;
  socket.end(`HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
}
