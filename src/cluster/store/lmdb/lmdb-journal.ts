import type { Database, RootDatabase } from 'lmdb';
import { Entry } from '../entry';
import type { Journal, Snapshot } from '../log/journal';
import type { StoreEvent } from '../store';
import { storeFailure } from './failure';
import { releaseOwnership } from './owner';

/**
 * Objects as JSON under their keys, with the revision as LMDB's version of the entry; beside them the revision of
 * the whole store, which outlives deleted keys. One transaction per batch.
 */
export class LmdbJournal implements Journal {
  constructor(
    private readonly directory: string,
    private readonly root: RootDatabase,
    private readonly objects: Database<Buffer, string>,
    private readonly meta: Database<unknown, string>,
  ) {}

  snapshot(): Snapshot {
    return { revision: (this.meta.get('revision') as number | undefined) ?? 1, entries: this.#entries() };
  }

  async append(events: readonly StoreEvent[]): Promise<void> {
    try {
      const committed = this.root.batch(() => {
        for (const { type, entry } of events) {
          if (type === 'DELETE') void this.objects.remove(entry.key);
          else void this.objects.put(entry.key, entry.bytes, entry.revision);
        }
        void this.meta.put('revision', events.at(-1)!.entry.revision);
      });
      await committed;
      await this.root.flushed;
    } catch (error) {
      throw storeFailure(await rootCause(error), this.directory);
    }
  }

  async close(): Promise<void> {
    releaseOwnership(this.root, this.meta);
    await this.root.close();
  }

  *#entries(): Generator<Entry> {
    for (const { key, value, version } of this.objects.getRange({ versions: true })) yield Entry.ofBytes(key, version!, value);
  }
}

/** lmdb rejects with "Commit failed", whose commitError is a promise that rejects with the cause. */
async function rootCause(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  return commitError ? commitError.then(() => error, (cause: unknown) => cause) : error;
}
