import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, RootDatabase } from 'lmdb';
import { StoreError } from '../errors';
import type { HistoryLimits } from '../log/history';
import { LogStore } from '../log/log-store';
import type { Store } from '../store';
import { Base, objectsOptions } from './base';
import { DiskJournal } from './disk-journal';
import { storeFailure } from './failure';
import { releaseOwnership, takeOwnership } from './owner';

/** Grows with what the store holds; a change of this layout takes the next number. 1 had no log. */
const format = 2;
const readable: readonly unknown[] = [1, format];

const logFileBytes = 2 * 1024 * 1024;

export interface DiskStoreOptions {
  readonly history?: HistoryLimits;
  readonly logFileBytes?: number;
}

/**
 * Opens the store in `directory`, which is made if need be. An acknowledged write is on disk.
 * Throws StoreError: InUse (names the pid and the path), ReadOnly, Denied, NoSpace, Damaged, Failed.
 */
export async function openDiskStore(directory: string, options: DiskStoreOptions = {}): Promise<Store> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
    return await open(directory, options);
  } catch (error) {
    throw storeFailure(error, directory);
  }
}

async function open(directory: string, { history, logFileBytes: fileBytes = logFileBytes }: DiskStoreOptions): Promise<Store> {
  const { open: openDatabase } = await import('lmdb');
  assertReadable(directory);
  // Batched by event turn, a failed commit rejects a promise of lmdb's own that nobody can handle.
  const root = openDatabase(directory, { noSubdir: false, maxDbs: 2, eventTurnBatching: false }) as RootDatabase;
  try {
    const meta = root.openDB<unknown, string>('meta', { encoding: 'json' });
    takeOwnership(root, meta, directory);
    await checkFormat(meta, directory);
    const objects = root.openDB<Buffer, string>('objects', objectsOptions);
    const { journal, snapshot } = await DiskJournal.open(directory, new Base(root, objects, meta), fileBytes);
    const close = async () => {
      await journal.close();
      releaseOwnership(root, meta);
      await root.close();
    };
    return new LogStore({ journal: { append: (...batch) => journal.append(...batch), close }, snapshot, ...(history && { history }) });
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
  const found = meta.get('format') ?? format;
  if (!readable.includes(found)) throw new StoreError('Damaged', `${directory} was written in format ${String(found)}; this version reads format ${format}`);
  if (meta.get('format') !== format) await meta.put('format', format);
}
