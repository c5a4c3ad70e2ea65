import type { StoreEvent, WatchSink } from '../store';

interface Watcher {
  readonly prefix: string;
  readonly afterRevision: number;
  readonly sink: WatchSink;
}

/** Delivers committed events to the watches whose prefix they fall under. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();

  add(prefix: string, afterRevision: number, sink: WatchSink): () => void {
    const watcher = { prefix, afterRevision, sink };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  deliver(events: readonly StoreEvent[]): void {
    for (const watcher of [...this.#watchers]) {
      const own = select(events, watcher.prefix, watcher.afterRevision);
      if (own.length && this.#watchers.has(watcher)) watcher.sink(own);
    }
  }

  clear(): void {
    this.#watchers.clear();
  }
}

export function select(events: readonly StoreEvent[], prefix: string, afterRevision: number): readonly StoreEvent[] {
  const falls = ({ entry }: StoreEvent) => entry.revision > afterRevision && entry.key.startsWith(prefix);
  return events.every(falls) ? events : events.filter(falls);
}
