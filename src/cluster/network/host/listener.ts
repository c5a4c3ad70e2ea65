import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { splice } from './splice';

export interface HostListener {
  close(): Promise<void>;
}

/** `localhost`. The first has to succeed; the second serves those who take the name for IPv6 and is left out where there is none. */
const localhost = ['127.0.0.1', '::1'] as const;

/** `connect` gets the client's address; when it rejects, the client is reset. Rejects with the system's error (EADDRINUSE, EACCES) when the port cannot be had. */
export async function listenTcp({ address, port }: { address?: string; port: number }, connect: (client: string) => Promise<Duplex>): Promise<HostListener> {
  const open = new Set<Socket>();
  const accept = (client: Socket) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    connect(client.remoteAddress ?? '').then((target) => splice(client, target), () => client.resetAndDestroy());
  };
  const servers = [await listen(accept, port, address ?? localhost[0])];
  if (!address) await listen(accept, port, localhost[1]).then((server) => servers.push(server), () => undefined);
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
