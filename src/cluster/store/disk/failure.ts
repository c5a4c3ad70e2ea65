import { statfsSync } from 'node:fs';
import { isStoreError, StoreError, type StoreErrorCode } from '../errors';

/** What LMDB and the file system say, in the order in which it is looked for. */
const causes: readonly (readonly [RegExp, StoreErrorCode, (directory: string) => string])[] = [
  [/no space left|ENOSPC|file too large|EFBIG|quota|MDB_MAP_FULL|mapsize/i, 'NoSpace', (at) => `no space left to write in ${at}`],
  [/read-only file system|EROFS/i, 'ReadOnly', (at) => `${at} is on a read-only file system`],
  [/permission denied|EACCES|EPERM|not permitted/i, 'Denied', (at) => `no permission to write in ${at}`],
  [/MDB_INVALID|MDB_CORRUPTED|MDB_VERSION_MISMATCH|MDB_PAGE_NOTFOUND|not an LMDB/i, 'Damaged', (at) => `${at} does not hold a readable store`],
];

/** `error` as a StoreError that names the directory. */
export function storeFailure(error: unknown, directory: string): StoreError {
  if (isStoreError(error)) return error;
  const text = describe(error);
  const known = causes.find(([pattern]) => pattern.test(text)) ?? (isFull(directory) ? causes[0] : undefined);
  return known
    ? new StoreError(known[1], known[2](directory), { cause: error })
    : new StoreError('Failed', `cannot use ${directory}: ${firstLine(text)}`, { cause: error });
}

/** LMDB reports a short write as an input/output error, whatever kept the rest from being written. */
function isFull(directory: string): boolean {
  try {
    return statfsSync(directory).bavail === 0;
  } catch {
    return false;
  }
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, code } = error as { message?: string; code?: unknown };
  return message?.includes(String(code)) ? message : [message, code].filter((part) => part !== undefined).join(': ');
}

const firstLine = (text: string) => text.split('\n')[0];
