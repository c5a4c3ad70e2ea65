import type { Unstructured } from '../../api/meta';
import type { Entry } from './entry';

/**
 * An etcd-shaped log of JSON objects under string keys.
 *
 * Revisions. Every write takes the next revision, one counter for the whole store. Revisions only grow, also over a
 * restart; a failed write may leave a gap. `revision` is that of the newest visible write, 1 in a store never written.
 *
 * Writes are compare-and-swap on the revision of the key's last write and are refused with a StoreError
 * (KeyExists, KeyNotFound, RevisionMismatch) when the comparison fails. The object is made by the caller once its
 * revision is known, since it carries it (metadata.resourceVersion); the store owns it from then on. A write is
 * acknowledged, and visible to reads and watches, only when it is durable; a write that fails leaves no trace.
 * Two writes of one key at the same time: the second waits for the first to settle and compares with its outcome.
 *
 * Reads never wait: they see all acknowledged writes, in the order of their revisions, and share one `Entry` per state.
 *
 * A list is ordered by key. At a past revision it shows exactly what was there then, as far back as `compacted`.
 *
 * A watch gets every write under its prefix after its start revision exactly once and in order: first, before
 * `watch` returns, those that happened already, then the others in batches as they commit. Delivery is synchronous
 * with the commit: whenever no sink is running, every watch has seen everything up to `revision`, which is therefore
 * a valid bookmark for all of them. Sinks must not throw and must not write synchronously.
 *
 * Compaction forgets the history up to a revision, never the current state. Reading or watching from before it
 * throws ApiError Expired. The store compacts itself to bound its memory. History outlives a restart where state does;
 * it may then reach back further than before.
 */
export interface Store {
  /** Of the newest visible write. */
  readonly revision: number;
  /** The oldest revision that can be listed at or watched from. */
  readonly compacted: number;

  get(key: string): Entry | undefined;
  list(prefix: string, options?: ListOptions): ListResult;
  /** How many keys are under the prefix now. */
  count(prefix: string): number;

  create(key: string, make: MakeObject): Promise<Entry>;
  /** `expected`: the revision of the state that is replaced. */
  update(key: string, expected: number, make: MakeObject): Promise<Entry>;
  /** `make` gives the last state as watchers see it; the promise resolves with it. */
  delete(key: string, expected: number, make: MakeObject): Promise<Entry>;

  /** Returns the function that ends the watch; the sink is not called after that. `prefix` '' watches everything. */
  watch(prefix: string, afterRevision: number, sink: WatchSink): () => void;

  compact(revision: number): void;
  /** Waits for the writes under way, then refuses everything with StoreError Closed. Watches end silently. */
  close(): Promise<void>;
}

export type MakeObject = (revision: number) => Unstructured;

export interface ListOptions {
  /** The state of this revision; of the newest when absent. A future one throws StoreError Failed. */
  revision?: number;
  /** The first key, inclusive: `next` of the page before. */
  startKey?: string;
  /** At most so many entries that match. */
  limit?: number;
  match?(entry: Entry): boolean;
}

export interface ListResult {
  readonly entries: readonly Entry[];
  /** The revision that the list shows. */
  readonly revision: number;
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
  /** Entries behind this page, whether they match or not. */
  readonly remaining: number;
}

export interface StoreEvent {
  readonly type: 'PUT' | 'DELETE';
  /** The new state; of a DELETE the last one, under the revision of the deletion. */
  readonly entry: Entry;
  /** The state before; absent when the write created the key. */
  readonly previous: Entry | undefined;
}

/** `events` is never empty. */
export type WatchSink = (events: readonly StoreEvent[]) => void;
