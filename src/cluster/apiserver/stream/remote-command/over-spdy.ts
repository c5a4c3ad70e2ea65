import { ApiError } from '../../../../api/errors';
import { SpdySession, type SpdyStream } from '../../../../spdy/session';
import { acceptSpdy } from '../spdy';
import type { Upgrade } from '../upgrade';
import { flushed, statusText, type Asked, type Remote } from './remote';
import { parseSize, SizeQueue } from './sizes';

const protocols = ['v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io'];
const resizing = /^v[34]\./;

/** How long a client may take to open its streams. Source: DefaultStreamCreationTimeout. */
const patienceMs = 30_000;

/** The streams as streams of a SPDY connection, each of which says by a header what it is. */
export async function overSpdy(upgrade: Upgrade, asked: Asked): Promise<Remote> {
  const { transport, protocol } = acceptSpdy(upgrade, protocols);
  const names = ['error', ...(['stdin', 'stdout', 'stderr'] as const).filter((name) => asked[name]), ...(asked.tty && resizing.test(protocol) ? ['resize'] : [])];
  const abort = new AbortController();
  transport.once('close', () => abort.abort());
  const opened = await allOf(names, (onStream) => new SpdySession(transport, onStream), abort.signal).catch((error: unknown) => {
    transport.destroy();
    throw error;
  });
  const stream = (name: string) => opened.get(name);
  const streams = {
    ...(stream('stdin') && { stdin: stream('stdin')! }),
    ...(stream('stdout') && { stdout: stream('stdout')! }),
    ...(stream('stderr') && { stderr: stream('stderr')! }),
    ...(stream('resize') && { resize: sizesOf(stream('resize')!) }),
    signal: abort.signal,
  };
  // What nobody reads would fill up and hold the connection back.
  for (const name of ['error', 'stdout', 'stderr']) stream(name)?.resume();
  return {
    streams,
    async finish(status) {
      await Promise.all([flushed(streams.stdout), flushed(streams.stderr)]);
      const text = statusText(protocol, status);
      if (text) stream('error')!.write(text);
      await flushed(stream('error'));
      transport.end();
    },
  };
}

/** Resolves once the client has opened them all. Rejects when it goes away or takes too long. */
function allOf(names: readonly string[], session: (onStream: (stream: SpdyStream) => void) => void, signal: AbortSignal): Promise<ReadonlyMap<string, SpdyStream>> {
  return new Promise((resolve, reject) => {
    const opened = new Map<string, SpdyStream>();
    const fail = () => reject(new ApiError('Timeout', 'timed out waiting for client to create streams'));
    const timer = setTimeout(fail, patienceMs);
    signal.addEventListener('abort', fail, { once: true });
    session((stream) => {
      opened.set(stream.headers.streamtype ?? '', stream);
      if (!names.every((name) => opened.has(name))) return;
      clearTimeout(timer);
      resolve(opened);
    });
  });
}

/** One JSON text after the other, however they are cut. */
function sizesOf(stream: SpdyStream): SizeQueue {
  const sizes = new SizeQueue();
  let pending = '';
  stream.on('data', (chunk: Buffer) => {
    const texts = (pending + chunk.toString()).split(/(?<=\})/);
    pending = texts.at(-1)!.endsWith('}') ? '' : texts.pop()!;
    for (const text of texts) sizes.push(parseSize(Buffer.from(text)));
  });
  stream.once('close', () => sizes.end());
  stream.once('end', () => sizes.end());
  return sizes;
}
