import { PassThrough, Writable, type Readable } from 'node:stream';
import type WebSocket from 'ws';

/** The first byte of every message. Source: k8s.io/apimachinery/pkg/util/remotecommand. */
export const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

/** The streams of one exec or attach, multiplexed over a WebSocket. */
export class Channels {
  readonly #stdin = new PassThrough();
  readonly #sizes = new SizeQueue();

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.#receive(data as Buffer));
    socket.once('close', () => this.#end());
    socket.on('error', () => this.#end());
    this.#stdin.on('drain', () => socket.resume());
    this.#stdin.on('error', () => undefined);
  }

  get stdin(): Readable {
    return this.#stdin;
  }

  get sizes(): AsyncIterable<TerminalSize> {
    return this.#sizes;
  }

  writer(number: number): Writable {
    return new Writable({ write: (chunk: Buffer, _encoding, done) => this.send(number, chunk, done) });
  }

  /** A client that has gone gets nothing, and that is no error. */
  send(number: number, data: Buffer, done: () => void = () => undefined): void {
    if (this.socket.readyState !== this.socket.OPEN) return done();
    this.socket.send(Buffer.concat([Buffer.from([number]), data]), () => done());
  }

  close(): void {
    this.socket.close(1000);
  }

  #receive(data: Buffer): void {
    const [number, closed] = data;
    const content = data.subarray(1);
    if (number === channel.stdin && content.length && !this.#stdin.writableEnded) {
      if (!this.#stdin.write(content)) this.socket.pause();
    } else if (number === channel.resize) {
      this.#sizes.push(parseSize(content));
    } else if (number === channel.close && closed === channel.stdin) {
      this.#stdin.end();
    }
  }

  #end(): void {
    this.#stdin.end();
    this.#sizes.end();
  }
}

function parseSize(content: Buffer): TerminalSize | undefined {
  try {
    const { Width, Height } = JSON.parse(content.toString()) as { Width?: number; Height?: number };
    return Width && Height ? { width: Width, height: Height } : undefined;
  } catch {
    return undefined;
  }
}

/** Sizes wait here until the terminal takes them. */
class SizeQueue implements AsyncIterable<TerminalSize> {
  readonly #sizes: TerminalSize[] = [];
  #ended = false;
  #wake = () => {};

  push(size: TerminalSize | undefined): void {
    if (size) this.#sizes.push(size);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TerminalSize> {
    for (;;) {
      const size = this.#sizes.shift();
      if (size) yield size;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
