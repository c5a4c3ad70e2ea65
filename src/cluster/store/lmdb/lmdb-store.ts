import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, RootDatabase } from 'lmdb';
import { StoreError } from '../errors';
import type { HistoryLimits } from '../log/history';
import { LogStore } from '../log/log-store';
import type { Store } from '../store';
import { storeFailure } from './failure';
import { LmdbJournal } from './lmdb-journal';
import { takeOwnership } from './owner';

/** Grows with what the store holds; a change of this layout takes the next number. */
const format = 1;

/**
 * Opens the store in `directory`, which is made if need be. An acknowledged write is on disk.
 * Throws StoreError: InUse (names the pid and the path), ReadOnly, Denied, NoSpace, Damaged, Failed.
 */
export async function openLmdbStore(directory: string, options: { history?: HistoryLimits } = {}): Promise<Store> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
    return await open(directory, options.history);
  } catch (error) {
    throw storeFailure(error, directory);
  }
}

async function open(directory: string, history: HistoryLimits | undefined): Promise<Store> {
  const { open: openDatabase } = await import('lmdb');
  assertReadable(directory);
  // Batched by event turn, a failed commit rejects a promise of lmdb's own that nobody can handle.
  const root = openDatabase(directory, { noSubdir: false, maxDbs: 2, eventTurnBatching: false }) as RootDatabase;
  try {
    const meta = root.openDB<unknown, string>('meta', { encoding: 'json' });
    takeOwnership(root, meta, directory);
    await checkFormat(meta, directory);
    const objects = root.openDB<Buffer, string>('objects', { encoding: 'binary', useVersions: true });
    const journal = new LmdbJournal(directory, root, objects, meta);
    return new LogStore({ journal, snapshot: journal.snapshot(), ...(history && { history }) });
  } catch (error) {
    await root.close();
    throw error;
  }
}

/** LMDB crashes the process on a file that is none of its own: look for its magic number (mdb.c, MDB_MAGIC) first. */
function assertReadable(directory: string): void {
  const file = join(directory, 'data.mdb');
  if (!existsSync(file)) return;
  const head = Buffer.alloc(28);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, head, 0, head.length, 0);
  closeSync(descriptor);
  if (length > 0 && head.readUInt32LE(24) !== 0xbeefc0de) throw new StoreError('Damaged', `${directory} does not hold a readable store`);
}

async function checkFormat(meta: Database<unknown, string>, directory: string): Promise<void> {
  const found = meta.get('format') as number | undefined;
  if (found === undefined) await meta.put('format', format);
  else if (found !== format) throw new StoreError('Damaged', `${directory} was written in format ${found}; this version reads format ${format}`);
}
