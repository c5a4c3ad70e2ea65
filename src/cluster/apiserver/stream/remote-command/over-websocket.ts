import { PassThrough, Writable } from 'node:stream';
import type WebSocket from 'ws';
import { framingOf } from '../framing';
import type { Upgrade } from '../upgrade';
import { acceptWebSocket } from '../websocket';
import { flushed, statusText, type Asked, type Remote } from './remote';
import { parseSize, SizeQueue } from './sizes';

/** Source: k8s.io/apimachinery/pkg/util/remotecommand. */
const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io', 'channel.k8s.io', 'base64.channel.k8s.io', ''];

/** The streams as channels of one WebSocket. */
export async function overWebSocket(upgrade: Upgrade, { stdin, stdout, stderr, tty }: Asked): Promise<Remote> {
  const { webSocket, protocol } = await acceptWebSocket(upgrade, protocols);
  const channels = new Channels(webSocket, protocol);
  const abort = new AbortController();
  webSocket.once('close', () => abort.abort());
  const streams = {
    ...(stdin && { stdin: channels.stdin }),
    ...(stdout && { stdout: channels.writer(channel.stdout) }),
    ...(stderr && { stderr: channels.writer(channel.stderr) }),
    ...(tty && { resize: channels.sizes }),
    signal: abort.signal,
  };
  // The client learns by an empty message that the streams are there. Source: createWebSocketStreams of the kubelet.
  channels.send(stdout ? channel.stdout : stderr ? channel.stderr : channel.error, Buffer.alloc(0));
  return {
    streams,
    async finish(status) {
      // The status is the last that a client reads.
      await Promise.all([flushed(streams.stdout), flushed(streams.stderr)]);
      const text = statusText(protocol, status);
      if (text) channels.send(channel.error, Buffer.from(text), () => webSocket.close(1000));
      else webSocket.close(1000);
    },
  };
}

class Channels {
  readonly stdin = new PassThrough();
  readonly sizes = new SizeQueue();
  readonly #framing;

  constructor(private readonly socket: WebSocket, protocol: string) {
    this.#framing = framingOf(protocol);
    socket.on('message', (data) => this.#receive(data as Buffer));
    socket.once('close', () => this.#end());
    socket.on('error', () => this.#end());
    this.stdin.on('drain', () => socket.resume());
    this.stdin.on('error', () => undefined);
  }

  writer(number: number): Writable {
    return new Writable({ write: (chunk: Buffer, _encoding, done) => this.send(number, chunk, done) });
  }

  /** A client that has gone gets nothing, and that is no error. */
  send(number: number, data: Buffer, done: () => void = () => undefined): void {
    if (this.socket.readyState !== this.socket.OPEN) return done();
    this.socket.send(this.#framing.pack(number, data), () => done());
  }

  #receive(message: Buffer): void {
    const { channel: number, content } = this.#framing.unpack(message) ?? { content: Buffer.alloc(0) };
    if (number === channel.stdin && content.length && !this.stdin.writableEnded) {
      if (!this.stdin.write(content)) this.socket.pause();
    } else if (number === channel.resize) {
      this.sizes.push(parseSize(content));
    } else if (number === channel.close && content[0] === channel.stdin) {
      this.stdin.end();
    }
  }

  #end(): void {
    this.stdin.end();
    this.sizes.end();
  }
}
