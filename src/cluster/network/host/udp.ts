import { createSocket, type Socket } from 'node:dgram';
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
 * node's address can be reached from this machine: an engine on Linux.
 */
export function listenUdp({ address = '127.0.0.1', port }: Pick<HostPort, 'address' | 'port'>, row: () => HostPort | undefined, networks: ReadonlyMap<string, NodeNetwork>, clock: Clock): Promise<HostListener> {
  const flows = new Map<string, Flow>();
  return new Promise((resolve, reject) => {
    const server = createSocket('udp4');
    server.on('message', (message, from) => {
      const now = row();
      const target = now?.nodes.flatMap((name) => networks.get(name) ?? [])[0]?.address;
      if (!now || !target || !isWelcome(now, from.address)) return;
      const key = `${from.address}:${from.port}`;
      const flow = flows.get(key) ?? openFlow((answer) => server.send(answer, from.port, from.address, () => undefined), clock, () => flows.delete(key));
      flows.set(key, flow);
      flow.touch();
      flow.socket.send(message, now.entry.port, target, () => undefined);
    });
    server.once('error', reject);
    server.bind(port, address, () => {
      server.off('error', reject).on('error', () => undefined);
      resolve({
        close: () => {
          for (const flow of flows.values()) flow.close();
          return new Promise((closed) => server.close(() => closed()));
        },
      });
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
