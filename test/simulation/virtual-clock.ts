import type { Clock } from '../../src/api/clock';

interface Timer {
  dueMs: number;
  /** Timers due at one time fire in the order in which they were set. */
  serial: number;
  fire: () => void;
}

/** All promise reactions that can run have run: they all go before the next macrotask. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time that passes only when told to, from one timer to the next. */
export class VirtualClock implements Clock {
  private nowMs: number;
  private serial = 0;
  private readonly timers = new Map<number, Timer>();

  constructor(startMs = Date.parse('2026-01-01T00:00:00Z')) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  schedule(delayMs: number, fire: () => void): () => void {
    const serial = this.serial++;
    this.timers.set(serial, { dueMs: this.nowMs + Math.max(0, delayMs), serial, fire });
    return () => this.timers.delete(serial);
  }

  get pendingTimers(): number {
    return this.timers.size;
  }

  /** Lets everything happen that is due within the time, one timer at a time. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    await settle();
    for (let next = this.next(endMs); next; next = this.next(endMs)) {
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      this.timers.delete(next.serial);
      next.fire();
      await settle();
    }
    this.nowMs = endMs;
  }

  private next(endMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers.values()) {
      if (timer.dueMs > endMs) continue;
      if (!first || timer.dueMs < first.dueMs || (timer.dueMs === first.dueMs && timer.serial < first.serial)) first = timer;
    }
    return first;
  }
}
