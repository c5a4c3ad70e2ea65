import type { Clock } from '../../api/clock';
import type { QueueObserver } from './queue-metrics';

export interface WorkQueueOptions {
  readonly clock: Clock;
  /** Keys in work at a time. */
  readonly workers: number;
  /** Must not reject. */
  readonly work: (key: string) => Promise<void>;
  readonly observer?: QueueObserver | undefined;
}

// The rate limiter of k8s.io/client-go/util/workqueue.DefaultControllerRateLimiter.
const firstRetryMs = 5;
const lastRetryMs = 1_000_000;

/**
 * Keys that wait to be worked on. A key waits once however often it is added; a key added while it is in work waits
 * until that has ended; so no key is ever in work twice at a time. Order is first come, first served. Work begins with
 * the next turn of the clock: of many changes that come together, a key hears once.
 * After k8s.io/client-go/util/workqueue.
 */
export class WorkQueue {
  /** And since when. */
  private readonly waiting = new Map<string, number>();
  private readonly working = new Set<string>();
  private readonly again = new Set<string>();
  private readonly delayed = new Map<string, { dueMs: number; cancel: () => void }>();
  private readonly failures = new Map<string, number>();
  private running = false;
  private stopped = false;
  private onIdle: (() => void) | undefined;
  /** Of the turn that is waited for. */
  private cancelTurn: (() => void) | undefined;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Keys may be added before; from here on they are worked on. */
  start(): void {
    this.running = true;
    this.pump();
  }

  add(key: string): void {
    if (this.stopped) return;
    if (this.working.has(key)) this.again.add(key);
    else this.wait(key);
    if (this.running) this.cancelTurn ??= this.options.clock.schedule(0, () => this.pump());
  }

  /** The earliest of several delays of a key counts. */
  addAfter(key: string, delayMs: number): void {
    if (this.stopped) return;
    const dueMs = this.options.clock.now() + delayMs;
    const known = this.delayed.get(key);
    if (known && known.dueMs <= dueMs) return;
    known?.cancel();
    const cancel = this.options.clock.schedule(delayMs, () => {
      this.delayed.delete(key);
      this.add(key);
    });
    this.delayed.set(key, { dueMs, cancel });
  }

  /** Adds the key later the more often it has failed since `forget`. */
  retry(key: string): void {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    this.options.observer?.retried();
    this.addAfter(key, Math.min(firstRetryMs * 2 ** failures, lastRetryMs));
  }

  forget(key: string): void {
    this.failures.delete(key);
  }

  /** Drops what waits; resolves when what is in work has ended. */
  stop(): Promise<void> {
    this.stopped = true;
    this.cancelTurn?.();
    this.waiting.clear();
    this.again.clear();
    for (const { cancel } of this.delayed.values()) cancel();
    this.delayed.clear();
    if (this.working.size === 0) return Promise.resolve();
    return new Promise((resolve) => { this.onIdle = resolve; });
  }

  private pump(): void {
    this.cancelTurn?.();
    this.cancelTurn = undefined;
    while (this.running && this.working.size < this.options.workers && this.waiting.size > 0) {
      const [key, sinceMs] = this.waiting.entries().next().value as [string, number];
      this.waiting.delete(key);
      this.working.add(key);
      const nowMs = this.options.clock.now();
      this.options.observer?.begun(nowMs - sinceMs);
      void this.options.work(key).finally(() => this.done(key, nowMs));
    }
  }

  private wait(key: string): void {
    if (this.waiting.has(key)) return;
    this.waiting.set(key, this.options.clock.now());
    this.options.observer?.added();
  }

  private done(key: string, sinceMs: number): void {
    this.working.delete(key);
    this.options.observer?.done(this.options.clock.now() - sinceMs);
    if (this.again.delete(key)) this.wait(key);
    this.pump();
    if (this.working.size === 0) this.onIdle?.();
  }
}
