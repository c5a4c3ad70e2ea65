import type { Random } from '../../api/clock';

export interface Backoff {
  /** Milliseconds to wait before the next try; grows with each call. */
  next(): number;
  reset(): void;
}

/** Doubles from `firstMs` to `lastMs`, each stretched by up to 100 %, as client-go's reflector does (0.8 s to 30 s). */
export function createBackoff(random: Random, firstMs = 800, lastMs = 30_000): Backoff {
  let baseMs = firstMs;
  return {
    next() {
      const delayMs = baseMs * (1 + random());
      baseMs = Math.min(baseMs * 2, lastMs);
      return delayMs;
    },
    reset() {
      baseMs = firstMs;
    },
  };
}
