import { expired } from '../../../api/errors';
import type { StoreEvent } from '../store';

export interface HistoryLimits {
  events: number;
  bytes: number;
}

/** The most recent events, oldest first, bounded in number and size. */
export class History {
  #events: StoreEvent[] = [];
  /** Size of each event when it was added: entries grow once their bytes are made. */
  readonly #sizes = new WeakMap<StoreEvent, number>();
  /** Events before this index are forgotten; the array is shortened now and then. */
  #start = 0;
  #bytes = 0;
  #compacted: number;

  constructor(readonly limits: HistoryLimits, compacted: number) {
    this.#compacted = compacted;
  }

  get compacted(): number {
    return this.#compacted;
  }

  add(event: StoreEvent): void {
    this.#events.push(event);
    const size = event.entry.size;
    this.#sizes.set(event, size);
    this.#bytes += size;
    while (this.#isOver()) this.#forgetOldest();
    this.#shorten();
  }

  /** Events after the revision, in order. Throws Expired. */
  after(revision: number): StoreEvent[] {
    this.assertKept(revision);
    return this.#events.slice(this.#firstAfter(revision));
  }

  assertKept(revision: number): void {
    // Wording: etcd's compaction error as kube-apiserver passes it on.
    if (revision < this.#compacted) throw expired(`too old resource version: ${revision} (${this.#compacted})`);
  }

  compact(revision: number): void {
    while (this.#start < this.#events.length && this.#events[this.#start]!.entry.revision <= revision) this.#forgetOldest();
    this.#compacted = Math.max(this.#compacted, revision);
    this.#shorten();
  }

  #firstAfter(revision: number): number {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#events[middle]!.entry.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isOver(): boolean {
    const count = this.#events.length - this.#start;
    return count > this.limits.events || (this.#bytes > this.limits.bytes && count > 0);
  }

  #forgetOldest(): void {
    const event = this.#events[this.#start++]!;
    this.#bytes -= this.#sizes.get(event) ?? 0;
    this.#compacted = Math.max(this.#compacted, event.entry.revision);
  }

  #shorten(): void {
    if (this.#start < 1024 || this.#start * 2 < this.#events.length) return;
    this.#events = this.#events.slice(this.#start);
    this.#start = 0;
  }
}
