import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Request } from './body';
import { decide } from './decide';
import type { ForwardContext } from './exchange';
import { forward } from './forward';
import { sendPage, type Response } from './pages';
import { readHead, type ReadHead } from './read-head';
import type { PublicPorts } from './rewrite';
import type { RequestHead, Route } from './route';
import { forwardUpgrade, refuseUpgrade } from './upgrade';
import { WireClient } from './wire/client';
import type { Upstreams } from './wire/upstreams';

export interface NoRoute {
  readonly status: number;
  readonly message: string;
}

/** What the front asks at each request, so that a new table serves the next one. */
export interface Router {
  find(head: RequestHead): Route | NoRoute;
  /** By the name that a TLS client asks for. */
  certificate?(serverName: string): SecureContext | undefined;
}

export interface FrontOptions extends ForwardContext {
  /** Serves TLS; the certificate is for clients that name no host. */
  readonly secure?: { readonly cert: string; readonly key: string };
  readonly upstreams: Upstreams;
  /** Where clients find the fronts: known once they listen. */
  readonly ports: () => PublicPorts;
  readonly router: Router;
  readonly log: (line: string) => void;
}

export interface Front {
  readonly port: number;
  close(): Promise<void>;
}

/** Between two requests of a client. nginx's keepalive_timeout. */
const idleMs = 75_000;

/** Listens on the port (0: a free one) at each of the addresses; all but the first may be missing. Rejects with the system's error (EADDRINUSE, EACCES). */
export async function openFront(wanted: number, addresses: readonly string[], options: FrontOptions): Promise<Front> {
  let port = wanted;
  const sockets = new Set<Socket>();
  const servers: (Server | Http2SecureServer)[] = [];
  for (const address of addresses) {
    const server = makeServer(options, () => port);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    try {
      await listening(server, port, address);
      servers.push(server);
      port = (server.address() as AddressInfo).port;
    } catch (error) {
      if (servers.length === 0) throw error;
    }
  }
  return {
    port,
    async close() {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function makeServer(options: FrontOptions, port: () => number): Server | Http2SecureServer {
  const serve = (request: Request, response: Response) => {
    handle(request, response, options, port()).catch((error: Error) => {
      options.log(`ingress: ${error.stack}`);
      sendPage(response, 500, error.message);
    });
  };
  const { router } = options;
  const server = options.secure
    ? createSecureServer({
      ...options.secure, allowHTTP1: true,
      SNICallback: (name, done) => done(null, router.certificate?.(name)),
    }, serve)
    : createServer({ noDelay: true }, serve);
  serveWire(server, options, port);
  // Large files and slow clients are not this proxy's to cut off.
  Object.assign(server, { keepAliveTimeout: idleMs, requestTimeout: 0, timeout: 0 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, first, options, port()).catch((error: Error) => refuseUpgrade(socket, 500, error.message));
  });
  return server;
}

/** Plain requests are served as bytes; Node's own server takes the connections that bring others. */
function serveWire(server: Server | Http2SecureServer, { secure, router, upstreams, clock, random, ports }: FrontOptions, port: () => number): void {
  const event = secure ? 'secureConnection' : 'connection';
  const [otherwise] = server.listeners(event) as ((this: unknown, socket: Socket) => void)[];
  server.removeAllListeners(event).on(event, (socket: Socket | TLSSocket) => {
    if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2') return otherwise!.call(server, socket);
    new WireClient(socket, {
      upstreams, clock, random, ports, idleMs, secure: secure !== undefined, port: port(),
      find: (head) => router.find(head), otherwise: (one) => otherwise!.call(server, one),
    });
  });
}

const listening = (server: Server | Http2SecureServer, port: number, host: string) => new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen({ port, host }, () => {
    server.off('error', reject).on('error', () => undefined);
    resolve();
  });
});

async function handle(request: Request, response: Response, options: FrontOptions, port: number): Promise<void> {
  const given = read(request, options.secure !== undefined, port);
  if (!given) return sendPage(response, 400, 'the request names no host');
  const { head, facts } = given;
  const route = options.router.find(head);
  if (!('match' in route)) return sendPage(response, route.status, route.message);
  const decision = decide(route, head, { ports: { ...options.ports(), own: port }, random: options.random });
  if (decision.do === 'answer') return sendPage(response, decision.status, decision.message, decision.headers);
  await forward({ request, response, head, facts, decision }, options);
}

async function upgrade(request: IncomingMessage, socket: Duplex, first: Buffer, options: FrontOptions, port: number): Promise<void> {
  const given = read(request, options.secure !== undefined, port);
  if (!given) return refuseUpgrade(socket, 400, 'the request names no host');
  const route = options.router.find(given.head);
  if (!('match' in route)) return refuseUpgrade(socket, route.status, route.message);
  const decision = decide(route, given.head, { ports: { ...options.ports(), own: port }, random: options.random });
  if (decision.do === 'answer') return refuseUpgrade(socket, decision.status, decision.message);
  await forwardUpgrade({ request, socket, first, ...given, decision }, options);
}

/** Undefined without a host (RFC 9112 3.2). */
function read(request: Request, secure: boolean, port: number): ReadHead | undefined {
  const host = ('stream' in request ? request.authority : undefined) || request.headers.host;
  if (!host) return undefined;
  const { method = 'GET', url = '/', headers } = request;
  return readHead({ method, host, url, headers }, { secure, port, address: request.socket.remoteAddress ?? '' });
}
