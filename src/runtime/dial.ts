import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** For a connection in all. */
export const dialTimeoutMs = 15_000;

/** As node words it. */
export const timedOut = (host: string, port: number) => Object.assign(new Error(`connect ETIMEDOUT ${host}:${port}`), { code: 'ETIMEDOUT' });

/** An error between two readers of the connection must not end the process; `close` tells all of them. */
export const ignore = () => undefined;

/** A plain connection, for addresses that this machine reaches itself. */
export function dialDirect(host: string, port: number, timeoutMs = dialTimeoutMs): Promise<Socket> {
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

/** Of the first try; each further one has twice the time. */
const firstTryMs = 250;

/**
 * Short tries instead of one long wait, for an address a hop away: a packet that is lost while its container restarts
 * is repeated by the system only after 1, 3, 7 s.
 */
export async function patiently(attempt: (limitMs: number) => Promise<Duplex>): Promise<Duplex> {
  for (let tryMs = firstTryMs, leftMs = dialTimeoutMs; ; leftMs -= tryMs, tryMs *= 2) {
    try {
      return await attempt(Math.min(tryMs, leftMs));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ETIMEDOUT' || leftMs <= tryMs) throw error;
    }
  }
}

/** Rejects with what `late` makes when the promise takes longer. */
export async function within<T>(limitMs: number, promise: Promise<T>, late: () => Error): Promise<T> {
  const waiting = new AbortController();
  const limit = delay(limitMs, undefined, { signal: waiting.signal }).then(() => Promise.reject(late()));
  try {
    return await Promise.race([promise, limit]);
  } finally {
    waiting.abort();
    limit.catch(ignore);
  }
}
