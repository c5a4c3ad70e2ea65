import { closeSync, openSync, readSync, fstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { cacheName, readCache, saveCache, type CodeCache } from './code-cache';

interface Index {
  readonly entry: string;
  /** Where a chunk begins, behind the line of the index, and how long it is. */
  readonly chunks: Readonly<Record<string, readonly [offset: number, length: number]>>;
}

interface Loaded {
  readonly script: Script;
  readonly module: { exports: Record<string, unknown> };
}

const indexBytesMax = 64 * 1024;

/**
 * Runs a file of chunks (scripts/build/chunks.mjs): those that the command asks for, with V8's code cache of an earlier
 * run where there is one. A run that ends well leaves the cache of what it had to compile behind, so that a command's
 * cache holds just the functions that it needs. `directories` are tried in order; none has to be writable.
 */
export function loadChunks(file: string, command: string, directories: readonly string[]): Record<string, unknown> {
  const descriptor = openSync(file, 'r');
  const { mtimeMs, size } = fstatSync(descriptor);
  const { index, start } = readIndex(descriptor);
  const name = cacheName(`${file} ${size} ${mtimeMs}`, command);
  const cache = readCache(directories, name);
  const loaded = new Map<string, Loaded>();
  let compiled = false;
  const nodeRequire = createRequire(file);
  const requireChunk = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : nodeRequire(id));

  function load(chunk: string): Record<string, unknown> {
    const known = loaded.get(chunk);
    if (known) return known.module.exports;
    const [offset, length] = index.chunks[chunk]!;
    const cachedData = cache.get(chunk);
    const script = new Script(readText(descriptor, start + offset, length), { filename: `${file}/${chunk}`, ...(cachedData && { cachedData }) });
    compiled ||= !cachedData || script.cachedDataRejected === true;
    const module = { exports: {} };
    loaded.set(chunk, { script, module });
    (script.runInThisContext() as (...args: unknown[]) => void)(module.exports, requireChunk, module, file, dirname(file));
    return module.exports;
  }

  process.once('exit', (code) => {
    closeSync(descriptor);
    if (code === 0 && compiled) saveCache(directories, name, merged(cache, loaded));
  });
  return load(index.entry);
}

/** What an earlier run needed besides stays: `create` has many commands below it. */
function merged(cache: CodeCache, loaded: ReadonlyMap<string, Loaded>): CodeCache {
  return new Map([...cache, ...[...loaded].map(([chunk, { script }]) => [chunk, script.createCachedData()] as const)]);
}

function readIndex(descriptor: number): { index: Index; start: number } {
  const line = readText(descriptor, 0, indexBytesMax).split('\n', 1)[0]!;
  return { index: JSON.parse(line) as Index, start: line.length + 1 };
}

/** Chunks are ASCII. */
function readText(descriptor: number, position: number, length: number): string {
  const bytes = Buffer.allocUnsafeSlow(length);
  return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, length, position));
}
