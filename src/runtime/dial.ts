import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

const defaultTimeoutMs = 15_000;

/** As node words it. */
export const timedOut = (host: string, port: number) => Object.assign(new Error(`connect ETIMEDOUT ${host}:${port}`), { code: 'ETIMEDOUT' });

/** An error between two readers of the connection must not end the process; `close` tells all of them. */
export const ignore = () => undefined;

/** A plain connection, for addresses that this machine reaches itself. */
export function dialDirect(host: string, port: number, timeoutMs = defaultTimeoutMs): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.setTimeout(timeoutMs, () => fail(timedOut(host, port)));
    socket.once('connect', () => {
      socket.off('error', fail).on('error', ignore).setTimeout(0).removeAllListeners('timeout');
      resolve(socket);
    });
  });
}
