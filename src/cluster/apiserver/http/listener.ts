import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { DEFAULT_CIPHERS } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Incoming, Outgoing } from './exchange';

export interface ListenerOptions {
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  handle(request: Incoming, response: Outgoing): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** In megabytes: a watch of a large list may hold that much before the client reads it. */
const maxSessionMemory = 64;

/**
 * Security level 0 lets OpenSSL sign for clients that name no signature algorithms, as Go's TLS does: busybox's wget is
 * one, and courses reach the API from a pod with it. TLS 1.2 stays the oldest version, the ciphers are Node's.
 */
const ciphers = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;

/** HTTP/2 and HTTP/1.1 over TLS. Rejects with the error of the socket when the address cannot be had. */
export async function listen({ tls, handle, upgrade }: ListenerOptions, host: string, port: number): Promise<Listener> {
  const server = createSecureServer({
    allowHTTP1: true, cert: tls.cert, key: tls.key, ca: tls.clientCa, requestCert: true, rejectUnauthorized: false, ciphers, maxSessionMemory,
  }, (request, response) => void handle(request, response));
  server.on('upgrade', upgrade);
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return new Listener(server, sockets, sessions);
}

export class Listener {
  #closed: Promise<void> | undefined;

  constructor(private readonly server: Http2SecureServer, private readonly sockets: ReadonlySet<Socket>, private readonly sessions: ReadonlySet<ServerHttp2Session>) {}

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Takes no connections and no requests more; what is under way goes on. */
  refuse(): void {
    this.#closed ??= new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const session of this.sessions) session.close();
  }

  /** Cuts every connection: clients of an API server know how to come back. */
  async close(): Promise<void> {
    this.refuse();
    for (const socket of this.sockets) socket.destroy();
    await this.#closed;
  }
}
