import type { Readable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Connection } from '../connection';
import { ConnectionError, openWebSocket, type Query } from '../http';
import { channel, closesStdin, message, protocols } from './channels';
import { exitCodeOf } from './exit';
import { letGo, sizeMessage, writePaced, type RemoteStreams } from './streams';

/** Messages waiting to be sent beyond which stdin is not read on. */
const highWaterBytes = 1 << 20;

/** Opens the WebSocket; the function it resolves to carries the streams until the command ends, and resolves to the exit code. */
export async function overWebSocket(connection: Connection, path: string, query: Query): Promise<(streams: RemoteStreams) => Promise<number>> {
  const { stream: socket, protocol } = await openWebSocket(connection, path, query, protocols);
  return async (streams) => {
    const done = outcome(socket, streams, connection.server);
    const onAbort = () => socket.close();
    streams.signal?.addEventListener('abort', onAbort, { once: true });
    const stopInput = streams.stdin ? forwardInput(socket, protocol, streams.stdin) : () => undefined;
    if (streams.resize) void forwardSizes(socket, streams.resize);
    try {
      return await done;
    } finally {
      stopInput();
      streams.signal?.removeEventListener('abort', onAbort);
      socket.close();
    }
  };
}

function outcome(socket: WebSocket, { stdout, stderr, signal }: RemoteStreams, server: string): Promise<number> {
  const broken = (why: string) => new ConnectionError(why, new URL(server).host, false);
  return new Promise((resolve, reject) => {
    const handlers: Record<number, (data: Buffer) => void> = {
      [channel.stdout]: (data) => writePaced(socket, stdout, data),
      [channel.stderr]: (data) => stderr && writePaced(socket, stderr, data),
      [channel.error]: (data) => {
        try {
          resolve(exitCodeOf(data.toString()));
        } catch (error) {
          reject(error as Error);
        }
      },
    };
    socket.on('message', (raw: RawData) => {
      const data = raw as Buffer;
      if (data.length > 1) handlers[data[0]!]?.(data.subarray(1));
    });
    socket.once('error', (error) => reject(broken(error.message)));
    // A close without a Status: attach that was detached, or the reader's own abort.
    socket.once('close', (code) => (signal?.aborted || code === 1000 ? resolve(0) : reject(broken(`websocket: close ${code}`))));
  });
}

function forwardInput(socket: WebSocket, protocol: string, stdin: Readable): () => void {
  const onData = (chunk: Buffer | string) => {
    socket.send(message(channel.stdin, chunk), () => socket.bufferedAmount < highWaterBytes && stdin.resume());
    if (socket.bufferedAmount >= highWaterBytes) stdin.pause();
  };
  const onEnd = () => {
    if (closesStdin(protocol) && socket.readyState === socket.OPEN) socket.send(message(channel.close, Buffer.from([channel.stdin])));
  };
  stdin.on('data', onData).once('end', onEnd);
  return () => {
    stdin.off('data', onData).off('end', onEnd);
    letGo(stdin);
  };
}

async function forwardSizes(socket: WebSocket, sizes: NonNullable<RemoteStreams['resize']>): Promise<void> {
  for await (const size of sizes) {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(message(channel.resize, sizeMessage(size)));
  }
}
