import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
// The whole of undici brings fetch and takes three times as long to load.
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Connection } from '../connection';
import { authHeaders } from './auth';
import { connectionError } from './connection-error';
import { secureOptions } from './tls';
import { encodeBody, pathWithQuery, type ApiRequest, type ApiResponse, type Transport } from './transport';

const connectTimeoutMs = 30_000;

/** Requests over a pool of connections; certificates are read at once, so a missing file shows here. */
export function undiciTransport(connection: Connection): Transport {
  const { origin, pathname } = new URL(connection.server);
  const dispatcher = dispatcherFor(connection, origin);
  const prefix = pathname.replace(/\/$/, '');
  return {
    async send(asked) {
      try {
        return toResponse(await request.call(await dispatcher, toDispatch(asked, connection, origin, prefix)));
      } catch (error) {
        if (asked.signal?.aborted) throw error;
        throw timeoutOf(error, connection) ?? connectionError(error, connection.server, described(asked, connection.server));
      }
    },
    close: async () => (await dispatcher).destroy(),
  };
}

async function dispatcherFor(connection: Connection, origin: string): Promise<Dispatcher> {
  const options = {
    headersTimeout: 0, bodyTimeout: 0, pipelining: 1,
    connect: { ...(origin.startsWith('https:') ? secureOptions(connection) : {}), timeout: connectTimeoutMs },
  };
  if (!connection.proxyUrl) return new Pool(origin, options);
  const { openThroughProxy } = await import('./tunnel');
  const connect: buildConnector.connector = (_options, created) => void openThroughProxy(connection).then((socket) => created(null, socket as Socket), (error: Error) => created(error, null));
  return new Pool(origin, { ...options, connect });
}

function toDispatch(request: ApiRequest, connection: Connection, origin: string, prefix: string): Dispatcher.RequestOptions & { origin: string } {
  const body = encodeBody(request);
  return {
    origin,
    method: request.method ?? 'GET',
    path: prefix + pathWithQuery(request.path, request.query),
    headers: {
      accept: request.accept ?? 'application/json',
      'user-agent': 'knarr',
      ...(body !== undefined && { 'content-type': request.contentType ?? 'application/json' }),
      ...authHeaders(connection),
    },
    ...(body !== undefined && { body: Buffer.from(body as string) }),
    signal: signalOf(request, connection) ?? null,
  };
}

function signalOf(request: ApiRequest, { requestTimeoutMs }: Connection): AbortSignal | undefined {
  if (!requestTimeoutMs || request.stream) return request.signal;
  const timeout = AbortSignal.timeout(requestTimeoutMs);
  return request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
}

function timeoutOf(error: unknown, { server }: Connection): Error | undefined {
  if ((error as Error).name !== 'TimeoutError') return undefined;
  return connectionError(new Error('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'), server);
}

const described = ({ method = 'GET', path, query }: ApiRequest, server: string): string => `${method[0]}${method.slice(1).toLowerCase()} ${JSON.stringify(server + pathWithQuery(path, query))}`;

function toResponse({ statusCode, headers, body }: Dispatcher.ResponseData): ApiResponse {
  return { status: statusCode, headers, body: body as AsyncIterable<Uint8Array> };
}
