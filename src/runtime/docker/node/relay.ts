import { connect, isIPv4, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { dialDirect, ignore, timedOut } from '../../dial';
import { RuntimeFailure } from '../../port';

export interface Relay {
  host: string;
  port: number;
  token: string;
}

/** `2026/01/31 12:00:00 socat[7] E connect(5, AF=2 10.0.0.1:80, 16): Connection refused` */
const socatError = / E [^\n]*: ([^:\n]+)\n/;

const codes: Record<string, string> = {
  'Connection refused': 'ECONNREFUSED', 'No route to host': 'EHOSTUNREACH', 'Host is unreachable': 'EHOSTUNREACH',
  'Network is unreachable': 'ENETUNREACH', 'Connection timed out': 'ETIMEDOUT',
};

/**
 * A connection made by the relay, from the network of the process `pid` when one is named. Errors look as node's own
 * would: `connect ECONNREFUSED 10.0.0.1:80`.
 */
export function dialThrough(relay: Relay, address: string, port: number, pid?: number): Promise<Duplex> {
  if (!isIPv4(address)) return Promise.reject(new Error(`cannot dial ${address}: not an IPv4 address`));
  return new Promise((resolve, reject) => {
    const socket = connect({ host: relay.host, port: relay.port, allowHalfOpen: true, noDelay: true });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.setTimeout(dialTimeoutMs, () => fail(timedOut(address, port)));
    socket.once('connect', () => socket.write(`${[relay.token, address, port, ...(pid === undefined ? [] : [pid])].join(' ')}\n`));
    readAnswer(socket, (answer) => {
      if (answer !== '+') return fail(dialError(answer, address, port));
      socket.off('error', fail).on('error', ignore).setTimeout(0).removeAllListeners('timeout');
      resolve(socket);
    });
  });
}

/** More than socat's own limit, which gives the better error. */
const dialTimeoutMs = 15_000;

/** The first byte decides; what follows `+` belongs to the connection and stays in the socket. */
function readAnswer(socket: Socket, done: (answer: string) => void): void {
  let message = '';
  const read = () => {
    const first = message === '' ? (socket.read(1) as Buffer | null) : null;
    if (first?.toString() === '+') return finish('+');
    message += first?.toString('latin1') ?? '';
    for (let more = socket.read() as Buffer | null; more; more = socket.read() as Buffer | null) message += more.toString('latin1');
  };
  const end = () => finish(message);
  const finish = (answer: string) => {
    socket.off('readable', read).off('end', end).off('close', end);
    done(answer);
  };
  socket.on('readable', read).on('end', end).on('close', end);
}

function dialError(message: string, address: string, port: number): Error {
  const reason = socatError.exec(message)?.[1] ?? 'closed before it was answered';
  const code = codes[reason];
  return Object.assign(new Error(`connect ${code ?? reason} ${address}:${port}`), { ...(code && { code }), syscall: 'connect', address, port });
}

/**
 * Resolves when the relay listens, to the address that it sees us come from. Tries are short: a packet sent while the
 * container is down is repeated by the system only after seconds.
 */
export async function relayListens({ host, port }: Relay): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const socket = await dialDirect(host, port, 300);
      const { localAddress = '' } = socket;
      socket.destroy();
      return localAddress;
    } catch (error) {
      if (attempt === 100) throw new RuntimeFailure('StartFailed', `the node container does not answer at ${host}:${port}: ${(error as Error).message}`);
      await delay(20);
    }
  }
}
