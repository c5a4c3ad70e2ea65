import type { StoreEvent, WatchSink } from '../store';

const none: readonly StoreEvent[] = [];

interface Watcher {
  readonly prefix: string;
  readonly afterRevision: number;
  readonly sink: WatchSink;
}

/** Delivers committed events to the watches whose prefix they fall under. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  /** The same in order, until one comes or goes: who is added while events are delivered has them from the history. */
  #list: readonly Watcher[] | undefined;

  add(prefix: string, afterRevision: number, sink: WatchSink): () => void {
    const watcher = { prefix, afterRevision, sink };
    this.#watchers.add(watcher);
    this.#list = undefined;
    return () => {
      this.#watchers.delete(watcher);
      this.#list = undefined;
    };
  }

  deliver(events: readonly StoreEvent[]): void {
    for (const watcher of (this.#list ??= [...this.#watchers])) {
      const own = select(events, watcher.prefix, watcher.afterRevision);
      if (own.length && this.#watchers.has(watcher)) watcher.sink(own);
    }
  }

  clear(): void {
    this.#watchers.clear();
    this.#list = undefined;
  }
}

export function select(events: readonly StoreEvent[], prefix: string, afterRevision: number): readonly StoreEvent[] {
  const falls = ({ entry }: StoreEvent) => entry.revision > afterRevision && entry.key.startsWith(prefix);
  if (!events.some(falls)) return none;
  return events.every(falls) ? events : events.filter(falls);
}
