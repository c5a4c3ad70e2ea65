import type { Duplex } from 'node:stream';

/** Carries bytes both ways, each side's end included, until both have ended or one has failed. */
export function splice(one: Duplex, other: Duplex): void {
  const close = () => {
    one.destroy();
    other.destroy();
  };
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.on('error', close).on('close', () => {
      // Closed before its end: cut short.
      if (!from.readableEnded || to.writableFinished) close();
    });
    from.pipe(to);
  }
}
