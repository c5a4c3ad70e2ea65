import { isApiError } from '../../api/errors';
import type { Connection } from '../connection';
import type { Query } from '../http';
import { overWebSocket } from './over-websocket';
import type { RemoteStreams } from './streams';

export interface RemoteOptions {
  /** False: SPDY at once, as KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false wants it. */
  webSockets?: boolean;
}

/**
 * Runs exec or attach: `path` is the subresource, `query` its options. Resolves to the exit code. Rejects with an
 * ApiError when the server refuses or the command cannot run, with a ConnectionError when the connection breaks.
 */
export async function remoteCommand(connection: Connection, path: string, query: Query, streams: RemoteStreams, { webSockets = true }: RemoteOptions = {}): Promise<number> {
  const run = await (webSockets ? openEither(connection, path, query) : openSpdyStreams(connection, path, query));
  return run(streams);
}

/** A server that refuses a WebSocket may still take SPDY; what it says to that is what counts. */
async function openEither(connection: Connection, path: string, query: Query) {
  try {
    return await overWebSocket(connection, path, query);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return openSpdyStreams(connection, path, query);
  }
}

async function openSpdyStreams(connection: Connection, path: string, query: Query) {
  const { overSpdy } = await import('./over-spdy');
  return overSpdy(connection, path, query);
}
