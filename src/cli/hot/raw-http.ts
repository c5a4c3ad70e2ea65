import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Connection, Pem } from '../../client/connection';
import { withoutSystemAuthorities } from '../../client/http/system-authorities';

export interface RawResponse {
  status: number;
  body: Buffer;
}

/** One request after the other over one connection of HTTP/1.1. */
export interface RawConnection {
  get(path: string, accept: string): Promise<RawResponse>;
  end(): void;
}

/** Rejects when the connection fails or the answer is not plain HTTP/1.1. */
export async function openRaw(connection: Connection): Promise<RawConnection> {
  const url = new URL(connection.server);
  const socket = await (url.protocol === 'https:' ? openTls(connection, url) : openPlain(url));
  socket.setNoDelay(true);
  const reader = createReader(socket);
  const authorization = connection.auth.token ? `Authorization: Bearer ${connection.auth.token}\r\n` : '';
  return {
    get(path, accept) {
      socket.write(`GET ${url.pathname.replace(/\/$/, '')}${path} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: knarr\r\nAccept: ${accept}\r\n${authorization}\r\n`);
      return reader();
    },
    end: () => socket.destroy(),
  };
}

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

async function openPlain(url: URL): Promise<Socket> {
  const { connect } = await import('node:net');
  return connect({ host: hostOf(url), port: Number(url.port || 80) });
}

async function openTls({ tls }: Connection, url: URL): Promise<Socket> {
  // TLS takes some milliseconds to load, and is not needed for plain HTTP.
  const { connect } = await import('node:tls');
  const pem = (of: Pem | undefined) => of && ('data' in of ? of.data : readFileSync(of.file));
  const host = hostOf(url);
  return withoutSystemAuthorities(() => connect({
    host, port: Number(url.port || 443), ca: pem(tls.ca), cert: pem(tls.cert), key: pem(tls.key), ALPNProtocols: ['http/1.1'],
    ...(tls.serverName ? { servername: tls.serverName } : /^[\d.]+$|:/.test(host) ? {} : { servername: host }),
  }));
}

/** Each call resolves with the next whole response. */
function createReader(socket: Socket): () => Promise<RawResponse> {
  let received: Buffer[] = [];
  let waiting: { resolve: (response: RawResponse) => void; reject: (error: Error) => void } | undefined;
  const take = () => {
    const bytes = received.length === 1 ? received[0]! : Buffer.concat(received);
    const parsed = parseResponse(bytes);
    received = [parsed ? bytes.subarray(parsed.end) : bytes];
    if (parsed) waiting?.resolve(parsed);
  };
  socket.on('data', (chunk: Buffer) => {
    received.push(chunk);
    try {
      take();
    } catch (error) {
      waiting?.reject(error as Error);
    }
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('closed')));
  return () => new Promise((resolve, reject) => {
    waiting = { resolve, reject };
  });
}

/** The response at the beginning of `bytes`, once it is all there. Throws when it is of another form. */
export function parseResponse(bytes: Buffer): (RawResponse & { end: number }) | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  // Warnings are worded by the full path.
  if (!status || /\r\n(content-encoding|warning):/i.test(head)) throw new Error('unexpected answer');
  const start = headEnd + 4;
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunked(bytes, start, status);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? NaN);
  if (Number.isNaN(length)) throw new Error('unexpected answer');
  return bytes.length < start + length ? undefined : { status, body: bytes.subarray(start, start + length), end: start + length };
}

function chunked(bytes: Buffer, start: number, status: number): (RawResponse & { end: number }) | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('unexpected answer');
    at = lineEnd + 2 + size + 2;
    if (bytes.length < at) return undefined;
    if (size === 0) return { status, body: Buffer.concat(parts), end: at };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
  }
}
