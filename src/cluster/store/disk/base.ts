import type { Database, DatabaseOptions, RootDatabase } from 'lmdb';
import { Entry, type EntrySource } from '../entry';

/**
 * Values are bytes, and a walk makes nothing of them (one without values gets no versions either). `encoder` is in
 * lmdb's documentation but not in its types.
 */
export const objectsOptions: DatabaseOptions & { encoder: unknown } = { useVersions: true, encoder: { encode: (bytes: Buffer) => bytes, decode: () => undefined } };

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

  /**
   * Ascending by key. The objects are read when they are asked for: of a hundred thousand few are. Nobody may ask for
   * the first time when the base has gone beyond them, nor when it is closed; what is superseded is written to the log
   * with the event that does it, and so has been asked for.
   */
  *entries(): Generator<Entry> {
    const source = this.#source();
    for (const { key, version } of this.objects.getRange({ versions: true })) yield Entry.ofSource(key, version!, source);
  }

  /** No read stays open behind an answer: while one is, the room of what was overwritten since cannot be used again. */
  #source(): EntrySource {
    const read = <T>(key: string, use: (found: Buffer) => T): T => {
      try {
        return use(this.objects.getBinaryFast(key)!);
      } finally {
        this.root.resetReadTxn();
      }
    };
    return {
      bytes: (key) => read(key, (found) => Buffer.from(found.subarray(0, found.length))),
      text: (key) => read(key, (found) => found.toString('utf8', 0, found.length)),
      size: (key) => read(key, (found) => found.length),
    };
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
