import type { Clock } from '../../api/clock';

export interface Debounced {
  /** The work runs soon, once for all calls until then; again afterwards when it was asked for meanwhile. */
  trigger(): void;
  /** Runs without delay, after the current run if there is one; resolves when that is done, well or not. */
  runNow(): Promise<void>;
  /** No further run begins; resolves when the current one has ended. */
  stop(): Promise<void>;
}

export interface DebounceOptions {
  clock: Clock;
  /** From the first call to the run: others that come in between are served by it. */
  delayMs: number;
  /** After a failed run; doubled up to `retryMsMost` until one succeeds. */
  retryMs: number;
  retryMsMost: number;
  onError: (error: unknown) => void;
}

/** Level-based work: never two runs at once, none lost, failures repeated with back-off. */
export function debounce(work: () => Promise<void>, options: DebounceOptions): Debounced {
  const { clock, delayMs, retryMs, retryMsMost, onError } = options;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let waitMs = retryMs;

  const begin = () => {
    cancel = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  const schedule = (inMs: number) => {
    if (stopped || cancel) return;
    cancel = clock.schedule(inMs, () => void begin());
  };
  const run = async () => {
    again = false;
    try {
      await work();
      waitMs = retryMs;
      if (again) schedule(delayMs);
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
      else schedule(delayMs);
    },
    async runNow() {
      while (running) await running;
      cancel?.();
      if (!stopped) await begin();
    },
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
