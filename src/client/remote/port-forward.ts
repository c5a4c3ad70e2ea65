import type { Duplex } from 'node:stream';
import { isApiError } from '../../api/errors';
import { SpdySession } from '../../spdy/session';
import type { Connection } from '../connection';
import { openSpdy, openWebSocket } from '../http';
import type { RemoteOptions } from './remote-command';

const protocol = 'portforward.k8s.io';

/** Many connections to the ports of one pod, over one connection to the server. */
export interface PortForward {
  /** `failure` resolves to what the server says went wrong, '' for nothing, once the data has ended. */
  connect(port: number): Promise<{ data: Duplex; failure: Promise<string> }>;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
  close(): void;
}

/** `path` is a pod's portforward. Rejects with an ApiError when the server refuses, with a ConnectionError when none answers. */
export async function openPortForward(connection: Connection, path: string, { webSockets = true }: RemoteOptions = {}): Promise<PortForward> {
  const transport = await (webSockets ? openEither(connection, path) : openPlain(connection, path));
  const session = new SpdySession(transport);
  let requests = 0;
  return {
    async connect(port) {
      const headers = { port: String(port), requestid: String(requests++) };
      const error = await session.open({ ...headers, streamtype: 'error' });
      // Nothing goes this way.
      error.end();
      const failure = textOf(error);
      return { data: await session.open({ ...headers, streamtype: 'data' }), failure };
    },
    closed: new Promise((resolve) => void transport.once('close', () => resolve())),
    close: () => void transport.destroy(),
  };
}

async function openEither(connection: Connection, path: string): Promise<Duplex> {
  try {
    const { stream } = await openWebSocket(connection, path, {}, [`SPDY/3.1+${protocol}`]);
    const { createWebSocketStream } = await import('ws');
    return createWebSocketStream(stream);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return openPlain(connection, path);
  }
}

const openPlain = async (connection: Connection, path: string): Promise<Duplex> => (await openSpdy(connection, path, {}, [protocol])).stream;

function textOf(stream: Duplex): Promise<string> {
  let text = '';
  stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  return new Promise((resolve) => void stream.once('end', () => resolve(text)).once('close', () => resolve(text)));
}
