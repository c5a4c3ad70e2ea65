import type { Readable, Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Connection } from '../connection';
import { ConnectionError, openWebSocket, type Query } from '../http';
import { channel, closesStdin, message, protocols } from './channels';
import { exitCodeOf } from './exit';

export interface RemoteStreams {
  stdin?: Readable;
  stdout: { write(chunk: Uint8Array): unknown };
  stderr?: { write(chunk: Uint8Array): unknown };
  /** New sizes of the terminal, the first one at once. */
  resize?: AsyncIterable<{ width: number; height: number }>;
  signal?: AbortSignal;
}

/** Messages waiting to be sent beyond which stdin is not read on. */
const highWaterBytes = 1 << 20;

/**
 * Runs exec or attach: `path` is the subresource, `query` its options. Resolves to the exit code. Rejects with an
 * ApiError when the server refuses or the command cannot run, with a ConnectionError when the connection breaks.
 */
export async function remoteCommand(connection: Connection, path: string, query: Query, streams: RemoteStreams): Promise<number> {
  const socket = await openWebSocket(connection, path, query, protocols);
  const done = outcome(socket, streams, connection.server);
  const onAbort = () => socket.close();
  streams.signal?.addEventListener('abort', onAbort, { once: true });
  const stopInput = streams.stdin ? forwardInput(socket, streams.stdin) : () => undefined;
  if (streams.resize) void forwardSizes(socket, streams.resize);
  try {
    return await done;
  } finally {
    stopInput();
    streams.signal?.removeEventListener('abort', onAbort);
    socket.close();
  }
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

/** A sink that is full is waited for, or what it cannot take would pile up in memory. */
function writePaced(socket: WebSocket, sink: RemoteStreams['stdout'], data: Buffer): void {
  if (sink.write(data) !== false || !('once' in sink)) return;
  socket.pause();
  (sink as Writable).once('drain', () => socket.resume());
}

function forwardInput(socket: WebSocket, stdin: Readable): () => void {
  const onData = (chunk: Buffer | string) => {
    socket.send(message(channel.stdin, chunk), () => socket.bufferedAmount < highWaterBytes && stdin.resume());
    if (socket.bufferedAmount >= highWaterBytes) stdin.pause();
  };
  const onEnd = () => {
    if (closesStdin(socket.protocol) && socket.readyState === socket.OPEN) socket.send(message(channel.close, Buffer.from([channel.stdin])));
  };
  stdin.on('data', onData).once('end', onEnd);
  return () => {
    stdin.off('data', onData).off('end', onEnd);
    stdin.pause();
    // A terminal or pipe that nobody reads any more must not keep the process alive.
    (stdin as Readable & { unref?: () => void }).unref?.();
  };
}

async function forwardSizes(socket: WebSocket, sizes: NonNullable<RemoteStreams['resize']>): Promise<void> {
  for await (const { width, height } of sizes) {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(message(channel.resize, JSON.stringify({ Width: width, Height: height })));
  }
}
