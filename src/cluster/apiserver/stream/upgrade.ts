import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest, methodNotAllowed, type ApiError } from '../../../api/errors';
import type { Subresource } from '../../../kinds/kind';
import { actingUser, assertAllowed, identify, type Access } from '../http/access';
import { parseRequest } from '../http/request-info';
import { asApiError, errorReply } from '../http/status';
import type { VerbTarget } from '../http/verbs/verb';
import type { Registry } from '../registry';
import { admitConnection } from './connection';

/** What remains of an upgraded request. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly query: URLSearchParams;
}

/** Throws ApiError before it answers the handshake; after that, failures are the stream's. */
export type UpgradeHandler = (upgrade: Upgrade, target: VerbTarget) => Promise<void>;

export interface UpgradeOptions extends Access {
  readonly registry: Registry;
  readonly handlers: Partial<Record<Subresource, UpgradeHandler>>;
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
  const { registry, handlers } = options;
  const kind = info.resource && registry.kinds.find(info.resource);
  const subresource = kind?.subresources?.find((candidate) => candidate === info.resource!.subresource);
  const handler = subresource && handlers[subresource];
  if (!kind || !handler) throw methodNotAllowed();
  const target = { registry, kind, namespace: info.resource!.namespace, name: info.resource!.name };
  const query = await admitConnection(target, subresource, info.query, { user, dryRun: false, warn: () => undefined });
  await handler({ request, socket, head, query }, target);
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
