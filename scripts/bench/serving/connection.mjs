// A connection that costs its user next to nothing: HTTP/1.1 over TLS, one request at a time, bodies counted and dropped.
import { connect } from 'node:tls';

const separator = Buffer.from('\r\n\r\n');

export class Connection {
  #socket;
  #head = Buffer.alloc(0);
  #left = 0;
  #code = 0;
  #bytes = 0;
  #resolve;

  static open({ port, ca, cert, key }) {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca, cert, key, servername: 'localhost' }, () => resolve(new Connection(socket)));
      socket.once('error', reject);
      socket.setNoDelay(true);
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
  }

  /** Resolves to the code and the length of the answer. */
  send(bytes) {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#socket.write(bytes);
    });
  }

  /** Calls for every chunk of a stream that does not end. */
  stream(bytes, onData) {
    this.#socket.removeAllListeners('data');
    this.#socket.on('data', onData);
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.destroy();
  }

  #take(chunk) {
    const body = this.#left > 0 ? chunk : this.#begin(chunk);
    if (!body) return;
    this.#left -= body.length;
    this.#bytes += body.length;
    if (this.#left <= 0) this.#resolve({ code: this.#code, bytes: this.#bytes });
  }

  #begin(chunk) {
    const head = this.#head.length ? Buffer.concat([this.#head, chunk]) : chunk;
    const end = head.indexOf(separator);
    if (end < 0) {
      this.#head = head;
      return undefined;
    }
    const text = head.toString('latin1', 0, end);
    this.#head = Buffer.alloc(0);
    this.#code = Number(text.slice(9, 12));
    this.#left = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
    this.#bytes = 0;
    return head.subarray(end + separator.length);
  }
}

export const get = (path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n`);

export function post(path, body) {
  return Buffer.from(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nUser-Agent: bench\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
