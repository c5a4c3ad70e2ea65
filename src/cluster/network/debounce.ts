import type { Clock } from '../../api/clock';

export interface Debounced {
  /** The work runs soon, once for all calls until then; again afterwards when it was asked for meanwhile. */
  trigger(): void;
  /** Runs without delay, after the current run if there is one; resolves when that is done, well or not. */
  runNow(): Promise<void>;
  /** Nothing runs or waits to be run. */
  readonly isIdle: boolean;
  /** No further run begins; resolves when the current one has ended. */
  stop(): Promise<void>;
}

export interface DebounceOptions {
  clock: Clock;
  /** From the first call to the run: others that come in between are served by it. */
  delayMs: number;
  /** Where runs are short: the delay is as long as the last run took, between this and `delayMs`. Absent: always `delayMs`. */
  delayMsLeast?: number;
  /** After a failed run; doubled up to `retryMsMost` until one succeeds. */
  retryMs: number;
  retryMsMost: number;
  onError: (error: unknown) => void;
}

/** Level-based work: never two runs at once, none lost, failures repeated with back-off. */
export function debounce(work: () => Promise<void>, options: DebounceOptions): Debounced {
  const { clock, delayMs, delayMsLeast = delayMs, retryMs, retryMsMost, onError } = options;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let waitMs = retryMs;
  let tookMs = 0;

  const begin = () => {
    cancel = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  const soonMs = () => Math.max(delayMsLeast, Math.min(tookMs, delayMs));
  const schedule = (inMs: number) => {
    if (stopped || cancel) return;
    cancel = clock.schedule(inMs, () => void begin());
  };
  const run = async () => {
    again = false;
    const beganMs = clock.now();
    try {
      await work();
      tookMs = clock.now() - beganMs;
      waitMs = retryMs;
      if (again) schedule(soonMs());
    } catch (error) {
      if (stopped) return;
      onError(error);
      schedule(waitMs);
      waitMs = Math.min(waitMs * 2, retryMsMost);
    }
  };
  return {
    trigger() {
      if (running) again = true;
      else schedule(soonMs());
    },
    async runNow() {
      while (running) await running;
      cancel?.();
      if (!stopped) await begin();
    },
    get isIdle() {
      return !running && !cancel;
    },
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
