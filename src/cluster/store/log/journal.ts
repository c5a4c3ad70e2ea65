import type { Entry } from '../entry';
import type { StoreEvent } from '../store';

/** Where a log's writes become durable. */
export interface Journal {
  /**
   * Resolves when all the events are durable, together or not at all; rejects with a StoreError.
   * Called with one batch at a time, in the order of revisions. Absent for a store that lives in memory.
   */
  append(events: readonly StoreEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** What a journal holds when it is opened. */
export interface Snapshot {
  readonly revision: number;
  readonly entries: Iterable<Entry>;
}
