import { chmodSync, chownSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { systemClock, sleep, type Clock } from '../../api/clock';
import { deepEqual } from '../../api/equal';
import { KubeconfigError, errnoText } from './errors';
import { parseConfig } from './load';
import type { Kubeconfig } from './types';

const lockWaitMsMax = 10_000;
const lockPollMs = 25;
/** A lock this old was left behind by a process that died. */
const lockStaleMs = 30_000;

/**
 * Changes one kubeconfig file. `change` alters the data in place (missing lists are there, empty). Comments, order
 * and fields that knarr does not know stay as they are. The write is atomic, the file ends with mode 0600 and its
 * owner unchanged; a file that cannot be kept that way is left alone with an error that names it. Concurrent editors,
 * kubectl's too, wait for each other through `<path>.lock`. Creates the file and its directory when missing.
 * Throws KubeconfigError.
 */
export async function editKubeconfig(path: string, change: (config: EditableConfig) => void, clock: Clock = systemClock): Promise<void> {
  const file = followLinks(path);
  guard(path, 'create the directory of', () => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }));
  const unlock = await lock(file, clock);
  try {
    const text = currentText(file);
    const before = await parseConfig(text, path);
    const after = structuredClone(withLists(before));
    change(after);
    if (deepEqual(withLists(before), after)) return;
    const { rewrite } = await import('./rewrite');
    writeAtomically(path, file, rewrite(text, before, after));
  } finally {
    unlock();
  }
}

/** A kubeconfig whose three lists are there. */
export type EditableConfig = Kubeconfig & Required<{ [K in 'clusters' | 'users' | 'contexts']: NonNullable<Kubeconfig[K]> }>;

function withLists(config: Kubeconfig): EditableConfig {
  return { ...config, clusters: config.clusters ?? [], users: config.users ?? [], contexts: config.contexts ?? [] };
}

function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function currentText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new KubeconfigError('Unreadable', `error loading config file "${file}": open ${file}: ${errnoText(error)}`, file);
  }
}

async function lock(file: string, clock: Clock): Promise<() => void> {
  const lockFile = `${file}.lock`;
  const deadline = clock.now() + lockWaitMsMax;
  for (;;) {
    try {
      closeSync(openSync(lockFile, 'wx', 0o600));
      return () => rmSync(lockFile, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new KubeconfigError('NotWritable', `cannot write ${file}: open ${lockFile}: ${errnoText(error)}`, file);
      }
    }
    if (isStale(lockFile, clock)) rmSync(lockFile, { force: true });
    else if (clock.now() >= deadline) throw new KubeconfigError('Locked', `cannot write ${file}: another program holds ${lockFile}; remove it if none does`, file);
    else await sleep(clock, lockPollMs);
  }
}

function isStale(lockFile: string, clock: Clock): boolean {
  const modifiedMs = statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs;
  return modifiedMs !== undefined && clock.now() - modifiedMs > lockStaleMs;
}

function writeAtomically(path: string, file: string, text: string): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const old = statSync(file, { throwIfNoEntry: false });
  try {
    guard(path, 'write', () => {
      const descriptor = openSync(temporary, 'wx', 0o600);
      try {
        writeSync(descriptor, text);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      chmodSync(temporary, 0o600);
    });
    if (old && (old.uid !== process.getuid?.() || old.gid !== process.getgid?.())) {
      guard(path, 'keep the owner of', () => chownSync(temporary, old.uid, old.gid));
    }
    guard(path, 'write', () => renameSync(temporary, file));
  } finally {
    rmSync(temporary, { force: true });
  }
}

function guard(path: string, what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new KubeconfigError('NotWritable', `cannot ${what} ${path}: ${errnoText(error)}`, path);
  }
}
