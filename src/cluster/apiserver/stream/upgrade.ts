import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest, methodNotAllowed, type ApiError } from '../../../api/errors';
import type { Subresource } from '../../../kinds/kind';
import { actingUser, assertAllowed, identify, type Access } from '../http/access';
import type { Exchange } from '../http/exchange';
import { parseRequest } from '../http/request-info';
import type { Serving } from '../http/serving';
import { asApiError, errorReply } from '../http/status';
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
}

/** Throws ApiError before it answers the handshake; after that, failures are the stream's. */
export type UpgradeHandler = (upgrade: Upgrade, target: VerbTarget) => Promise<void>;

export interface UpgradeOptions extends Access {
  readonly registry: Registry;
  readonly handlers: Partial<Record<Subresource | 'watch', UpgradeHandler>>;
  readonly serving: Serving;
  log(line: string): void;
}

/** Serves `Connection: Upgrade`: the same authentication, authorization and errors as any other request. */
export function upgrades(options: UpgradeOptions): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    serve(options, request, socket, head).catch((error: unknown) => refuse(socket, asApiError(error, options.log)));
  };
}

async function serve(options: UpgradeOptions, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
  const user = actingUser(options, request, await identify(options, request));
  assertAllowed(options, user, info);
  const { registry, handlers, serving } = options;
  const kind = info.resource && registry.kinds.find(info.resource);
  const subresource = kind?.subresources?.find((candidate) => candidate === info.resource!.subresource);
  const streamed = subresource ?? (info.verb === 'watch' && !info.resource?.subresource ? 'watch' : undefined);
  const handler = streamed && handlers[streamed];
  if (!kind || !handler) throw methodNotAllowed();
  const target = { registry, kind, namespace: info.resource!.namespace, name: info.resource!.name };
  const query = subresource ? await admitConnection(target, subresource, info.query, { user, dryRun: false, warn: () => undefined }) : info.query;
  const exchange = { request, info, user, auditId: String(request.headers['audit-id'] ?? '') || uuid(registry.random), warnings: [], serving };
  await handler({ request, socket, head, query, exchange }, target);
}

/** The answer to a plain request for what only works as an upgrade. */
export function upgradeRequired(): never {
  throw badRequest('Upgrade request required');
}

/** Upgraded sockets have no response object any more: an answer in plain HTTP/1.1. */
function refuse(socket: Duplex, error: ApiError): void {
  const { code, contentType, body } = errorReply(error);
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: ${contentType}\r\nContent-Length: ${(body as Buffer).length}\r\nConnection: close\r\n\r\n${(body as Buffer).toString()}`);
}
