import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest, methodNotAllowed, type ApiError } from '../../../api/errors';
import type { Subresource } from '../../../kinds/kind';
import type { AggregationProxy } from '../aggregation';
import { anonymous } from '../authn/authenticator';
import { assertAllowed, identify, type Access } from '../http/access';
import type { Exchange } from '../http/exchange';
import { parseRequest } from '../http/request-info';
import type { Serving } from '../http/serving';
import { asApiError, errorReply } from '../http/status';
import type { RequestMetrics } from '../http/request-metrics';
import type { VerbTarget } from '../http/verbs/verb';
import type { Registry } from '../registry';
import { uuid } from '../registry/names';
import { admitConnection } from './connection';

/** What remains of an upgraded request. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly query: URLSearchParams;
  /** For what is served to plain requests, too. */
  readonly exchange: Omit<Exchange, 'response'>;
  /** To be called with the handshake. */
  accepted(): void;
}

/** Throws ApiError before it answers the handshake; after that, failures are the stream's. */
export type UpgradeHandler = (upgrade: Upgrade, target: VerbTarget) => Promise<void>;

export interface UpgradeOptions extends Access {
  readonly registry: Registry;
  readonly handlers: Partial<Record<Subresource | 'watch', UpgradeHandler>>;
  /** What other servers answer. */
  readonly aggregated: AggregationProxy;
  readonly serving: Serving;
  readonly metrics: RequestMetrics;
  log(line: string): void;
}

/** Serves `Connection: Upgrade`: the same authentication, authorization and errors as any other request. */
export function upgrades(options: UpgradeOptions): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const visitor = arriving(options, request);
    const measured = options.metrics.begin(visitor);
    socket.once('close', () => {
      visitor.audit?.completed();
      measured(visitor.code, 0);
    });
    serve(options, visitor, socket, head).catch((error: unknown) => refuse(socket, asApiError(error, options.log), visitor));
  };
}

/** `code`: of the answer, 101 unless it is refused. */
type Arriving = { -readonly [K in Exclude<keyof Required<Exchange>, 'response'>]: Exchange[K] } & { readonly request: IncomingMessage; code: number };

const arriving = ({ registry, serving }: UpgradeOptions, request: IncomingMessage): Arriving => ({
  request, info: parseRequest(request.method ?? 'GET', request.url ?? '/'), auditId: String(request.headers['audit-id'] ?? '') || uuid(registry.random),
  user: anonymous, warnings: [], audit: undefined, serving, code: 101,
});

async function serve(options: UpgradeOptions, exchange: Arriving, socket: Duplex, head: Buffer): Promise<void> {
  await identify(options, exchange);
  assertAllowed(options, exchange);
  const { registry, handlers, aggregated } = options;
  const { request, info, user, audit } = exchange;
  const other = aggregated.find(info);
  if (other) return aggregated.upgrade(other, exchange, socket, head);
  const kind = info.resource && registry.kinds.find(info.resource);
  const subresource = kind?.subresources?.find((candidate) => candidate === info.resource!.subresource);
  const streamed = subresource ?? (info.verb === 'watch' && !info.resource?.subresource ? 'watch' : undefined);
  const handler = streamed && handlers[streamed];
  if (!kind || !handler) throw methodNotAllowed();
  const target = { registry, kind, namespace: info.resource!.namespace, name: info.resource!.name };
  const context = { user, dryRun: false, annotate: (key: string, value: string) => audit?.annotate(key, value), warn: () => undefined };
  const query = subresource ? await admitConnection(target, subresource, info.query, context) : info.query;
  await handler({ request, socket, head, query, exchange, accepted: () => audit?.started(101) }, target);
}

/** The answer to a plain request for what only works as an upgrade. */
export function upgradeRequired(): never {
  throw badRequest('Upgrade request required');
}

/** Upgraded sockets have no response object any more: an answer in plain HTTP/1.1. */
function refuse(socket: Duplex, error: ApiError, visitor: Arriving): void {
  const { code, contentType, body } = errorReply(error);
  visitor.code = code;
  visitor.audit?.answered(code, () => error.status);
  visitor.audit?.started(code);
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: ${contentType}\r\nContent-Length: ${(body as Buffer).length}\r\nConnection: close\r\n\r\n${(body as Buffer).toString()}`);
}
