/** Time as the control plane sees it. Nothing but `systemClock` reads the real one; simulations bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `fire` once, `delayMs` from now. The returned function cancels it; cancelling twice is harmless. */
  schedule(delayMs: number, fire: () => void): () => void;
}

/** Numbers in [0, 1). */
export type Random = () => number;

/* eslint-disable no-restricted-properties -- the one place that touches real time */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, fire) {
    // setTimeout takes 31 bits of milliseconds and fires at once beyond them.
    const timer = setTimeout(fire, Math.min(Math.max(delayMs, 0), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
/* eslint-enable no-restricted-properties */

/** Resolves after `delayMs`; rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const onAbort = () => {
      cancel();
      reject(signal!.reason as Error);
    };
    const cancel = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

let lastSecond = NaN;
let lastTimestamp = '';

/** RFC 3339 in seconds, the form of `metav1.Time`: `2026-01-31T12:00:00Z`. Asked for many times a second, it remembers the last. */
export function timestamp(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== lastSecond) {
    lastTimestamp = new Date(nowMs).toISOString().slice(0, 19) + 'Z';
    lastSecond = second;
  }
  return lastTimestamp;
}

/** RFC 3339 in microseconds, the form of `metav1.MicroTime`. */
export function microTimestamp(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 23) + '000Z';
}
