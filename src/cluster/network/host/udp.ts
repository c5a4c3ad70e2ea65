import { createSocket, type RemoteInfo, type Socket, type SocketType } from 'node:dgram';
import type { Clock } from '../../../api/clock';
import type { NodeNetwork } from '../../../runtime/port';
import type { HostListener } from './listener';
import type { HostPort } from './plan';
import { isWelcome } from './sources';

/** A client that says nothing for this long is forgotten. conntrack's own time for UDP streams. */
const idleMs = 120_000;

interface Flow {
  socket: Socket;
  touch(): void;
  close(): void;
}

/**
 * Datagrams to the node's own address and port, one socket per client so that answers find back. Only where the
 * node's address can be reached from this machine: an engine on Linux. `localhost` is of both families where there are two.
 */
export async function listenUdp({ address, port }: Pick<HostPort, 'address' | 'port'>, row: () => HostPort | undefined, networks: ReadonlyMap<string, NodeNetwork>, clock: Clock): Promise<HostListener> {
  const flows = new Map<string, Flow>();
  const carry = (server: Socket, message: Buffer, from: RemoteInfo) => {
    const now = row();
    const target = now?.nodes.flatMap((name) => networks.get(name) ?? [])[0]?.address;
    if (!now || !target || !isWelcome(now, from.address)) return;
    const key = `${from.address} ${from.port}`;
    const flow = flows.get(key) ?? openFlow((answer) => server.send(answer, from.port, from.address, () => undefined), clock, () => flows.delete(key));
    flows.set(key, flow);
    flow.touch();
    flow.socket.send(message, now.entry.port, target, () => undefined);
  };
  const servers = [await bound('udp4', address ?? '127.0.0.1', port, carry)];
  if (!address) await bound('udp6', '::1', port, carry).then((server) => servers.push(server), () => undefined);
  return {
    async close() {
      for (const flow of flows.values()) flow.close();
      await Promise.all(servers.map((server) => new Promise<void>((closed) => server.close(closed))));
    },
  };
}

function bound(type: SocketType, address: string, port: number, carry: (server: Socket, message: Buffer, from: RemoteInfo) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const server = createSocket(type);
    server.on('message', (message, from) => carry(server, message, from)).once('error', reject);
    server.bind(port, address, () => {
      server.off('error', reject).on('error', () => undefined);
      resolve(server);
    });
  });
}

function openFlow(answer: (message: Buffer) => void, clock: Clock, onClose: () => void): Flow {
  const socket = createSocket('udp4');
  let cancel = () => {};
  const close = () => {
    cancel();
    socket.close();
    onClose();
  };
  socket.on('message', answer).on('error', () => undefined);
  return {
    socket,
    close,
    touch() {
      cancel();
      cancel = clock.schedule(idleMs, close);
    },
  };
}
