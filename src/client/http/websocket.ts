import type { IncomingMessage } from 'node:http';
import type WebSocket from 'ws';
import type { Connection } from '../connection';
import { authHeaders } from './auth';
import { connectionError } from './connection-error';
import { errorFromResponse } from './status';
import { tlsOptions } from './tls';
import { pathWithQuery, type ApiResponse, type Query } from './transport';

/**
 * Opens a WebSocket to a subresource that streams (exec, attach, portforward) with one of `protocols`, for example
 * `v5.channel.k8s.io`. Rejects with an ApiError when the server refuses, with a ConnectionError when none answers.
 */
export async function openWebSocket(connection: Connection, path: string, query: Query, protocols: string[]): Promise<WebSocket> {
  const { WebSocket: Socket } = await import('ws');
  const url = connection.server.replace(/^http/, 'ws') + pathWithQuery(path, query);
  const socket = new Socket(url, protocols, {
    headers: flat(authHeaders(connection)),
    perMessageDeflate: false,
    ...(connection.server.startsWith('https:') ? tlsOptions(connection) : {}),
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.removeListener('error', onError);
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      socket.on('error', () => undefined);
      errorFromResponse(toResponse(response), {}).then(reject, reject).finally(() => socket.terminate());
    });
    const onError = (error: Error) => reject(connectionError(error, connection.server));
    socket.once('error', onError);
  });
}

const flat = (headers: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const toResponse = (response: IncomingMessage): ApiResponse => ({
  status: response.statusCode ?? 500,
  headers: response.headers,
  body: response as AsyncIterable<Uint8Array>,
});
