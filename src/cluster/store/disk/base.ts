import type { Database, RootDatabase } from 'lmdb';
import { Entry } from '../entry';

/**
 * The state at some revision, beside the log that leads on from there: objects as JSON under their keys, with the
 * revision as LMDB's version of the entry.
 */
export class Base {
  constructor(
    private readonly root: RootDatabase,
    private readonly objects: Database<Buffer, string>,
    private readonly meta: Database<unknown, string>,
  ) {}

  get revision(): number {
    return (this.meta.get('revision') as number | undefined) ?? 1;
  }

  /** Ascending by key. */
  *entries(): Generator<Entry> {
    for (const { key, value, version } of this.objects.getRange({ versions: true })) yield Entry.ofBytes(key, version!, value);
  }

  /** Brings it up to the revision; `undefined` removes the key. Resolves when that is on the disk. */
  async advance(changed: ReadonlyMap<string, Entry | undefined>, revision: number): Promise<void> {
    try {
      await this.root.batch(() => {
        for (const [key, entry] of changed) {
          if (entry) void this.objects.put(key, entry.bytes, entry.revision);
          else void this.objects.remove(key);
        }
        void this.meta.put('revision', revision);
      });
      await this.root.flushed;
    } catch (error) {
      throw await rootCause(error);
    }
  }
}

/** lmdb rejects with "Commit failed", whose commitError is a promise that rejects with the cause. */
async function rootCause(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  return commitError ? commitError.then(() => error, (cause: unknown) => cause) : error;
}
