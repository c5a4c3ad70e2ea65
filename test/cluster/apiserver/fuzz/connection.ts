import { connect, type TLSSocket } from 'node:tls';
import type { TestServer } from '../support/server';

/** What a request came to. `closed`: the server ended the connection without an answer. */
export interface Outcome {
  readonly code: number | 'closed' | 'hung';
  readonly body: string;
}

const patienceMs = 20_000;

/** A connection that sends any bytes and understands HTTP/1.1 answers. One request at a time. */
export class Connection {
  #socket: TLSSocket | undefined;

  constructor(private readonly server: Pick<TestServer, 'port' | 'pki'>) {}

  /** `alone`: on a connection of its own, since what follows such bytes may be anything. */
  async send(bytes: Buffer, { alone }: { alone: boolean }): Promise<Outcome> {
    if (alone) this.close();
    const socket = await this.#open();
    const outcome = await new Promise<Outcome>((resolve) => {
      const isHead = bytes.subarray(0, 5).toString() === 'HEAD ';
      let received = Buffer.alloc(0);
      const timer = setTimeout(() => end({ code: 'hung', body: '' }), patienceMs);
      const end = (result: Outcome) => {
        clearTimeout(timer);
        socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error').on('error', () => undefined);
        resolve(result);
      };
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const answer = parse(received, isHead);
        if (answer) end(answer);
      });
      socket.on('close', () => end(parse(received, true) ?? { code: 'closed', body: '' })).on('error', () => undefined);
      // Half a request is all there is.
      if (alone) socket.end(bytes);
      else socket.write(bytes);
    });
    if (alone || typeof outcome.code !== 'number') this.close();
    return outcome;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Promise<TLSSocket> {
    if (this.#socket && !this.#socket.destroyed && this.#socket.writable) return Promise.resolve(this.#socket);
    const { port, pki } = this.server;
    const socket = connect({ host: '127.0.0.1', port, ca: pki.ca.cert, cert: pki.admin.cert, key: pki.admin.key, servername: 'localhost', ALPNProtocols: ['http/1.1'] });
    this.#socket = socket;
    socket.on('error', () => undefined);
    return new Promise((resolve, reject) => socket.once('secureConnect', () => resolve(socket)).once('error', reject));
  }
}

/** A whole answer, or one that streams on; undefined as long as it is neither. */
function parse(received: Buffer, hasNoMore = false): Outcome | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const code = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  if (code === 100) return parse(received.subarray(headEnd + 4), hasNoMore);
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  const body = received.subarray(headEnd + 4);
  if (length !== undefined && body.length < Number(length) && !hasNoMore) return undefined;
  return { code, body: body.toString() };
}
