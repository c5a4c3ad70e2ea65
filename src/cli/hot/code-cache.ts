import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** V8's cache of the functions of a chunk, by the chunk's name. */
export type CodeCache = ReadonlyMap<string, Buffer>;

/** V8 itself refuses caches of another version or of other flags; the name keeps them from fighting over a file. */
export function cacheName(source: string, command: string): string {
  const key = hash(`${process.version} ${process.arch} ${source}`);
  return `${/^[a-z][a-z-]{0,30}$/.test(command) ? command : 'other'}-${key}.bin`;
}

/** FNV-1a: loading node:crypto for one name takes 8 ms. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** The first that one of the directories has; empty when none does. A file is a line of JSON, [[NAME, length]…], and the caches. */
export function readCache(directories: readonly string[], name: string): CodeCache {
  for (const directory of directories) {
    try {
      return parse(readFileSync(join(directory, name)));
    } catch {
      continue;
    }
  }
  return new Map();
}

function parse(bytes: Buffer): CodeCache {
  let at = bytes.indexOf('\n') + 1;
  const lengths = JSON.parse(bytes.toString('latin1', 0, at)) as [string, number][];
  return new Map(lengths.map(([chunk, length]) => [chunk, bytes.subarray(at, (at += length))]));
}

export function saveCache(directories: readonly string[], name: string, cache: CodeCache): void {
  const head = Buffer.from(`${JSON.stringify([...cache].map(([chunk, { length }]) => [chunk, length]))}\n`);
  for (const directory of directories) {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const temporary = join(directory, `.${name}.${process.pid}`);
      writeFileSync(temporary, Buffer.concat([head, ...cache.values()]), { mode: 0o600 });
      renameSync(temporary, join(directory, name));
      return;
    } catch {
      continue;
    }
  }
}
