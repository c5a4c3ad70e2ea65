import { createServer, type Server, type Socket } from 'node:net';
import type { Session } from '../../session';
import { hostPort, type ListenAddress } from './addresses';
import type { ForwardedPort } from './ports';

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EACCES: 'bind: permission denied',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
  EAFNOSUPPORT: 'socket: address family not supported by protocol',
};

/**
 * Listens for each port on all addresses and says so; a port that cannot be had is told and passed over. A free port
 * that was chosen is written into `ports`. Throws when none can be had on all its addresses. After client-go's portforward.
 */
export async function listen(session: Session, ports: readonly ForwardedPort[], addresses: readonly ListenAddress[], onConnection: (socket: Socket, port: ForwardedPort) => void): Promise<Server[]> {
  const servers: Server[] = [];
  let listening = 0;
  for (const port of ports) {
    const problem = await listenOnPort(session, port, addresses, servers, (socket) => onConnection(socket, port));
    if (problem) session.streams.err.write(`Unable to listen on port ${port.local}: ${problem}\n`);
    else listening++;
  }
  if (listening) return servers;
  for (const server of servers) server.close();
  throw new Error(`unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')}]`);
}

async function listenOnPort({ streams }: Session, port: ForwardedPort, addresses: readonly ListenAddress[], servers: Server[], onConnection: (socket: Socket) => void): Promise<string | undefined> {
  const failed: { optional: boolean; why: string }[] = [];
  const before = servers.length;
  for (const where of addresses) {
    try {
      const server = await openServer(where, port.local, onConnection);
      servers.push(server);
      port.local = (server.address() as { port: number }).port;
      streams.out.write(`Forwarding from ${hostPort(where, port.local)} -> ${port.remote}\n`);
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      failed.push({ optional: where.optional, why: `unable to create listener: Error listen tcp${where.family} ${hostPort(where, port.local)}: ${problems[code] ?? message}` });
    }
  }
  const enough = failed.every(({ optional }) => optional) && (servers.length > before || !failed.length);
  return enough ? undefined : `Listeners failed to create with the following errors: [${failed.map(({ why }) => why).join(' ')}]`;
}

function openServer({ address, family }: ListenAddress, port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, onConnection);
    server.once('error', reject);
    server.listen({ host: address, port, ...(family === 6 && { ipv6Only: true }) }, () => resolve(server));
  });
}
