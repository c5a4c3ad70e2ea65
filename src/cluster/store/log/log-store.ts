import { Entry } from '../entry';
import { StoreError } from '../errors';
import type { ListOptions, ListResult, MakeObject, Store, StoreEvent, WatchSink } from '../store';
import { GroupCommit } from './group-commit';
import { History, type HistoryLimits } from './history';
import type { Journal, Snapshot } from './journal';
import { SortedKeys } from './sorted-keys';
import { select, Watchers } from './watchers';

export interface LogStoreOptions {
  snapshot?: Snapshot;
  /** Writes are visible at once without one. */
  journal?: Journal;
  history?: HistoryLimits;
}

const defaultHistory: HistoryLimits = { events: 10_000, bytes: 16 * 1024 * 1024 };
const notYet = (revision: number) =>
  new StoreError('Failed', `revision ${revision} is in the future`);

/** The store over a journal: all state in memory, reads without waiting, writes in group commits. */
export class LogStore implements Store {
  readonly #entries = new Map<string, Entry>();
  readonly #keys: SortedKeys;
  readonly #history: History;
  readonly #watchers = new Watchers();
  readonly #commits: GroupCommit | undefined;
  /** Writes on their way to the journal, by key. */
  readonly #pending = new Map<string, Promise<void>>();
  readonly #journal: Journal | undefined;
  #revision: number;
  /** The newest revision handed out, visible or not. */
  #assigned: number;
  #closed = false;

  constructor({ snapshot, journal, history = defaultHistory }: LogStoreOptions = {}) {
    for (const entry of snapshot?.entries ?? []) this.#entries.set(entry.key, entry);
    this.#keys = new SortedKeys(this.#entries.keys());
    this.#revision = this.#assigned = snapshot?.revision ?? 1;
    this.#history = new History(history, snapshot?.compacted ?? this.#revision);
    for (const event of snapshot?.events ?? []) this.#history.add(event);
    this.#journal = journal;
    this.#commits = journal && new GroupCommit((events) => journal.append(events, this.#history.compacted), (events) => this.#apply(events));
  }

  get revision(): number {
    return this.#revision;
  }

  get compacted(): number {
    return this.#history.compacted;
  }

  get(key: string): Entry | undefined {
    this.#assertOpen();
    return this.#entries.get(key);
  }

  list(prefix: string, { revision, startKey, limit = Infinity, match }: ListOptions = {}): ListResult {
    this.#assertOpen();
    const state = this.#stateAt(prefix, revision);
    const keys = state.keys.under(prefix, startKey);
    const entries: Entry[] = [];
    let read = 0;
    while (read < keys.length && entries.length < limit) {
      const entry = state.entry(keys[read++]!)!;
      if (!match || match(entry)) entries.push(entry);
    }
    const remaining = keys.length - read;
    return { entries, revision: revision ?? this.#revision, remaining, ...(remaining > 0 && { next: keys[read]! }) };
  }

  count(prefix: string): number {
    return this.#keys.count(prefix);
  }

  create(key: string, make: MakeObject): Promise<Entry> {
    return this.#write(key, 'PUT', 0, make);
  }

  update(key: string, expected: number, make: MakeObject): Promise<Entry> {
    return this.#write(key, 'PUT', expected, make);
  }

  delete(key: string, expected: number, make: MakeObject): Promise<Entry> {
    return this.#write(key, 'DELETE', expected, make);
  }

  watch(prefix: string, afterRevision: number, sink: WatchSink): () => void {
    this.#assertOpen();
    const past = select(this.#history.after(afterRevision), prefix, afterRevision);
    if (past.length) sink(past);
    return this.#watchers.add(prefix, afterRevision, sink);
  }

  compact(revision: number): void {
    if (revision > this.#revision) throw notYet(revision);
    this.#history.compact(revision);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#commits?.idle();
    this.#watchers.clear();
    await this.#journal?.close();
  }

  async #write(key: string, type: StoreEvent['type'], expected: number, make: MakeObject): Promise<Entry> {
    for (let pending = this.#pending.get(key); pending; pending = this.#pending.get(key)) await pending;
    this.#assertOpen();
    const previous = this.#entries.get(key);
    compare(key, previous, expected);
    const revision = this.#assigned + 1;
    const entry = Entry.ofObject(key, revision, make(revision));
    this.#assigned = revision;
    await this.#commit({ type, entry, previous });
    return entry;
  }

  async #commit(event: StoreEvent): Promise<void> {
    if (!this.#commits) return this.#apply([event]);
    const { key } = event.entry;
    const written = this.#commits.write(event);
    const settled = written.then(() => undefined, () => undefined).then(() => void this.#pending.delete(key));
    this.#pending.set(key, settled);
    await written;
  }

  #apply(events: readonly StoreEvent[]): void {
    for (const event of events) {
      const { key, revision } = event.entry;
      if (event.type === 'DELETE') {
        this.#entries.delete(key);
        this.#keys.remove(key);
      } else {
        this.#entries.set(key, event.entry);
        if (!event.previous) this.#keys.add(key);
      }
      this.#revision = revision;
      this.#history.add(event);
    }
    this.#watchers.deliver(events);
  }

  /** Undoes, newest first, what was written under the prefix since the revision. */
  #stateAt(prefix: string, revision: number | undefined) {
    if (revision === undefined || revision === this.#revision) {
      return { keys: this.#keys, entry: (key: string) => this.#entries.get(key) };
    }
    if (revision > this.#revision) throw notYet(revision);
    const then = new Map<string, Entry | undefined>();
    for (const { entry, previous } of select(this.#history.after(revision), prefix, revision).toReversed()) {
      then.set(entry.key, previous);
    }
    const keys = new SortedKeys(new Set([...this.#keys.under(prefix), ...then.keys()].filter((key) => !then.has(key) || then.get(key))));
    return { keys, entry: (key: string) => (then.has(key) ? then.get(key) : this.#entries.get(key)) };
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreError('Closed', 'the store is closed');
  }
}

function compare(key: string, current: Entry | undefined, expected: number): void {
  if (expected === 0 && current) throw new StoreError('KeyExists', `key ${key} exists`);
  if (expected !== 0 && !current) throw new StoreError('KeyNotFound', `key ${key} does not exist`);
  if (current && current.revision !== expected) {
    throw new StoreError('RevisionMismatch', `key ${key} is at revision ${current.revision}, not ${expected}`);
  }
}
