import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a bundle that the build wrapped into a function expression, with V8's code cache of an earlier run where there
 * is one. The first run of each command leaves its cache behind when it ends well, so a cache holds just the functions
 * that this command needs. `directories` are tried in order; none has to be writable.
 */
export function loadCached(file: string, command: string, directories: readonly string[]): Record<string, unknown> {
  const source = readFileSync(file, 'latin1');
  const name = cacheName(file, command);
  const cachedData = readFirst(directories, name);
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', (code) => {
      if (code === 0) save(directories, name, script.createCachedData());
    });
  }
  const module = { exports: {} };
  (script.runInThisContext() as (...args: unknown[]) => void)(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

/** V8 itself refuses caches of another version or of other flags; the name keeps them from fighting over a file. */
function cacheName(file: string, command: string): string {
  const { size, mtimeMs } = statSync(file);
  const key = hash(`${process.version} ${process.arch} ${file} ${size} ${mtimeMs}`);
  return `${/^[a-z][a-z-]{0,30}$/.test(command) ? command : 'other'}-${key}.bin`;
}

/** FNV-1a: loading node:crypto for one name takes 8 ms. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

function readFirst(directories: readonly string[], name: string): Buffer | undefined {
  for (const directory of directories) {
    try {
      return readFileSync(join(directory, name));
    } catch {
      continue;
    }
  }
  return undefined;
}

function save(directories: readonly string[], name: string, data: Buffer): void {
  for (const directory of directories) {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const temporary = join(directory, `.${name}.${process.pid}`);
      writeFileSync(temporary, data, { mode: 0o600 });
      renameSync(temporary, join(directory, name));
      return;
    } catch {
      continue;
    }
  }
}
