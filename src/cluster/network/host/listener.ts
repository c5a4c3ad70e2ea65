import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { splice } from './splice';

export interface HostListener {
  close(): Promise<void>;
}

/**
 * The addresses that node ports are opened on. The first has to succeed; the second serves those who take `localhost`
 * for IPv6 and is left out where there is none.
 */
const addresses = ['127.0.0.1', '::1'] as const;

/** Rejects with the system's error (EADDRINUSE, EACCES) when the port cannot be had. */
export async function listenTcp(port: number, connect: () => Promise<Duplex>): Promise<HostListener> {
  const open = new Set<Socket>();
  const accept = (client: Socket) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    connect().then((target) => splice(client, target), () => client.resetAndDestroy());
  };
  const servers = [await listen(accept, port, addresses[0])];
  await listen(accept, port, addresses[1]).then((server) => servers.push(server), () => undefined);
  return {
    async close() {
      for (const client of open) client.destroy();
      await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
    },
  };
}

function listen(accept: (client: Socket) => void, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject).on('error', () => undefined);
      resolve(server);
    });
  });
}
