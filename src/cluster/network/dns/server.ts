import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { forUdp } from './message';
import type { Resolve } from './resolver';
import { splitMessages, withLength } from './stream';

export interface DnsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** UDP and TCP on one free port of this address. */
export async function startDnsServer(address: string, resolve: Resolve): Promise<DnsServer> {
  for (let attempt = 1; ; attempt++) {
    const udp = await listenUdp(address, resolve);
    const { port } = udp.address();
    try {
      const tcp = await listenTcp(address, port, resolve);
      return { port, close: async () => { await Promise.all([closeUdp(udp), tcp.close()]); } };
    } catch (error) {
      await closeUdp(udp);
      // The port that UDP was given is taken for TCP.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === 20) throw error;
    }
  }
}

function listenUdp(address: string, resolve: Resolve): Promise<UdpSocket> {
  return new Promise((listening, failed) => {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      void resolve(message, 'udp').then((resolved) => {
        if (resolved) socket.send(forUdp(resolved.query, resolved.response), from.port, from.address, () => undefined);
      }, () => undefined);
    });
    socket.once('error', failed);
    socket.bind(0, address, () => {
      // Errors of single datagrams (a client that went away) are none of the server's.
      socket.off('error', failed).on('error', () => undefined);
      listening(socket);
    });
  });
}

function closeUdp(socket: UdpSocket): Promise<void> {
  return new Promise((closed) => socket.close(() => closed()));
}

/** A client that says nothing for this long has gone. */
const idleMs = 10_000;

function listenTcp(address: string, port: number, resolve: Resolve): Promise<{ close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    socket.setTimeout(idleMs, () => socket.destroy());
    splitMessages(socket, (message) => {
      void resolve(message, 'tcp').then((resolved) => {
        if (resolved && socket.writable) socket.write(withLength(resolved.response));
      }, () => socket.destroy());
    });
  });
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, address, () => listening({ close: () => closeServer(server, open) }));
  });
}

function closeServer(server: Server, open: Set<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  return new Promise((closed) => server.close(() => closed()));
}
