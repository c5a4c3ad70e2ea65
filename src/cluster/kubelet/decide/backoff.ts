/** Exponential back-off of one container or image. Times in milliseconds. After client-go's flowcontrol.Backoff. */
export interface BackoffEntry {
  readonly delayMs: number;
  readonly lastUpdateMs: number;
}

const firstMs = 10_000;
const maxMs = 300_000;

/** Long enough without trouble to start again from the first delay: ten minutes. */
const isExpired = (entry: BackoffEntry, eventMs: number) => eventMs - entry.lastUpdateMs > 2 * maxMs;

/** The end of the wait that follows the event, if one is on. */
export function backoffEnd(entry: BackoffEntry | undefined, eventMs: number, nowMs: number): number | undefined {
  if (!entry || isExpired(entry, eventMs)) return undefined;
  const endMs = eventMs + entry.delayMs;
  return nowMs < endMs ? endMs : undefined;
}

export function nextBackoff(entry: BackoffEntry | undefined, eventMs: number, nowMs: number): BackoffEntry {
  const delayMs = !entry || isExpired(entry, eventMs) ? firstMs : Math.min(entry.delayMs * 2, maxMs);
  return { delayMs, lastUpdateMs: nowMs };
}
