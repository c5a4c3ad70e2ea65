import type { Entry } from '../entry';
import type { StoreEvent } from '../store';

/** Where a log's writes become durable. */
export interface Journal {
  /**
   * Resolves when all the events are durable, together or not at all; rejects with a StoreError.
   * Called with one batch at a time, in the order of revisions. What happened up to `compacted` may be forgotten.
   */
  append(events: readonly StoreEvent[], compacted: number): Promise<void>;
  close(): Promise<void>;
}

/** What a journal holds when it is opened. */
export interface Snapshot {
  /** The state at `revision`. */
  readonly entries: Iterable<Entry>;
  readonly revision: number;
  /** Events after `compacted` in order, also those that `entries` show already. Their entries are shared where they are the same. */
  readonly events: readonly StoreEvent[];
  readonly compacted: number;
}
