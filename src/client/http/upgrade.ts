import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import type { Connection } from '../connection';
import { authHeaders } from './auth';
import { connectionError } from './connection-error';
import { errorFromResponse } from './status';
import { tlsOptions } from './tls';
import { pathWithQuery, type ApiResponse, type Query } from './transport';

/** A connection that no longer speaks HTTP, and which of the protocols asked for it speaks instead. */
export interface Upgraded<T> {
  stream: T;
  protocol: string;
}

const userAgent = 'knarr';

/**
 * Opens a WebSocket to a subresource that streams (exec, attach, portforward) with one of `protocols`, for example
 * `v5.channel.k8s.io`. Rejects with an ApiError when the server refuses, with a ConnectionError when none answers.
 * The names of protocols are handled here and not by ws, which refuses those with a slash.
 */
export async function openWebSocket(connection: Connection, path: string, query: Query, protocols: readonly string[]): Promise<Upgraded<WebSocket>> {
  const { WebSocket: Socket } = await import('ws');
  const socket = new Socket(connection.server.replace(/^http/, 'ws') + pathWithQuery(path, query), {
    headers: { ...authHeaders(connection) as Record<string, string>, 'user-agent': userAgent, 'sec-websocket-protocol': protocols.join(',') },
    perMessageDeflate: false,
    ...await waysOf(connection),
  });
  return new Promise((resolve, reject) => {
    let protocol = '';
    socket.once('upgrade', ({ headers }: IncomingMessage) => {
      protocol = headers['sec-websocket-protocol'] ?? '';
      delete headers['sec-websocket-protocol'];
    });
    socket.once('open', () => {
      socket.removeListener('error', onError);
      resolve({ stream: socket, protocol });
    });
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      socket.on('error', () => undefined);
      refusal(response).then(reject, reject).finally(() => socket.terminate());
    });
    const onError = (error: Error) => reject(connectionError(error, connection.server));
    socket.once('error', onError);
  });
}

/**
 * The same over SPDY/3.1, which servers without WebSockets speak. Source: k8s.io/client-go/transport/spdy.
 */
export async function openSpdy(connection: Connection, path: string, query: Query, protocols: readonly string[]): Promise<Upgraded<Duplex>> {
  const { request } = connection.server.startsWith('https:') ? await import('node:https') : await import('node:http');
  const ways = await waysOf(connection);
  return new Promise((resolve, reject) => {
    const asked = request(connection.server + pathWithQuery(path, query), {
      method: 'POST', agent: false, ...ways,
      headers: { ...authHeaders(connection), 'user-agent': userAgent, 'connection': 'Upgrade', 'upgrade': 'SPDY/3.1', 'x-stream-protocol-version': [...protocols], 'content-length': 0 },
    });
    asked.once('upgrade', ({ headers }, stream, head) => {
      if (head.length) stream.unshift(head);
      resolve({ stream, protocol: String(headers['x-stream-protocol-version'] ?? '') });
    });
    asked.once('response', (response) => void refusal(response).then(reject, reject).finally(() => response.destroy()));
    asked.once('error', (error) => reject(connectionError(error, connection.server)));
    asked.end();
  });
}

/** How to get there: TLS, through a proxy. */
async function waysOf(connection: Connection) {
  const agent = connection.proxyUrl ? (await import('./tunnel')).agentOf(connection) : undefined;
  return { ...(connection.server.startsWith('https:') && tlsOptions(connection)), ...(agent && { agent }) };
}

/** What a server says that does not switch protocols. */
const refusal = (response: IncomingMessage): Promise<Error> => errorFromResponse(toResponse(response), { path: '', anyPath: true });

const toResponse = (response: IncomingMessage): ApiResponse => ({
  status: response.statusCode ?? 500,
  headers: response.headers,
  body: response as AsyncIterable<Uint8Array>,
});
