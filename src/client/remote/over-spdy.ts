import type { Duplex } from 'node:stream';
import { SpdySession, type SpdyStream } from '../../spdy/session';
import type { Connection } from '../connection';
import { ConnectionError, openSpdy, type Query } from '../http';
import { exitCodeOf } from './exit';
import { letGo, sizeMessage, writePaced, type RemoteStreams } from './streams';

const protocols = ['v4.channel.k8s.io'];

/** As `overWebSocket`: one SPDY stream for each of the user's streams. Source: the v4 protocol of client-go's remotecommand. */
export async function overSpdy(connection: Connection, path: string, query: Query): Promise<(streams: RemoteStreams) => Promise<number>> {
  const { stream: transport } = await openSpdy(connection, path, query, protocols);
  return (streams) => carry(transport, connection, streams);
}

async function carry(transport: Duplex, { server }: Connection, streams: RemoteStreams): Promise<number> {
  const session = new SpdySession(transport);
  const onAbort = () => transport.destroy();
  streams.signal?.addEventListener('abort', onAbort, { once: true });
  const open = (streamtype: string) => session.open({ streamtype });
  try {
    const error = await open('error');
    error.end();
    const status = collect(error);
    const stdin = streams.stdin && await open('stdin');
    const outputs = [receive(await open('stdout'), streams.stdout)];
    if (streams.stderr) outputs.push(receive(await open('stderr'), streams.stderr));
    if (streams.resize) void sendSizes(await open('resize'), streams.resize);
    if (stdin) streams.stdin!.pipe(stdin);
    const [text] = await Promise.all([status, ...outputs]);
    if (text) return exitCodeOf(text);
    if (streams.signal?.aborted || !transport.destroyed) return 0;
    throw new ConnectionError('EOF', new URL(server).host, false);
  } finally {
    streams.signal?.removeEventListener('abort', onAbort);
    if (streams.stdin) {
      streams.stdin.unpipe();
      letGo(streams.stdin);
    }
    transport.destroy();
  }
}

function collect(stream: SpdyStream): Promise<string> {
  let text = '';
  return receive(stream, { write: (chunk: Uint8Array) => { text += Buffer.from(chunk).toString(); } }).then(() => text);
}

/** Resolves when the stream has ended, however it did. */
function receive(stream: SpdyStream, sink: { write(chunk: Uint8Array): unknown }): Promise<void> {
  stream.on('data', (data: Buffer) => writePaced(stream, sink, data));
  return new Promise((resolve) => void stream.once('end', resolve).once('close', resolve));
}

async function sendSizes(stream: SpdyStream, sizes: NonNullable<RemoteStreams['resize']>): Promise<void> {
  for await (const size of sizes) {
    if (stream.destroyed) return;
    stream.write(`${sizeMessage(size)}\n`);
  }
}
