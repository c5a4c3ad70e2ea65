import { posix } from 'node:path';
import { quote } from '../../../api/go/quote';
import { wrapped } from '../errors';
import type { GeneratorConfig } from '../config/types';
import type { Loader } from '../loader/loader';

export interface Pair {
  key: string;
  value: Buffer;
}

const shown = (list: readonly string[] | undefined) => `[${(list ?? []).join(' ')}]`;

/** All pairs that a generator names: of env files, literals and files, in that order. Source: api/kv of kustomize. */
export async function loadPairs(loader: Loader, { envs, literals, files }: GeneratorConfig): Promise<Pair[]> {
  const pairs: Pair[] = [];
  await gather(pairs, `env source files: ${shown(envs)}`, envs, async (path) => linesOf(await loader.load(path)));
  await gather(pairs, `literal sources ${shown(literals)}`, literals, (source) => Promise.resolve([literalPair(source)]));
  await gather(pairs, `file sources: ${shown(files)}`, files, async (source) => {
    const { key, path } = fileSource(source);
    return [{ key, value: await loader.load(path) }];
  });
  return pairs;
}

async function gather(pairs: Pair[], context: string, sources: readonly string[] | undefined, read: (source: string) => Promise<Pair[]>): Promise<void> {
  for (const source of sources ?? []) {
    try {
      pairs.push(...await read(source));
    } catch (error) {
      throw wrapped(error, context);
    }
  }
}

function literalPair(source: string): Pair {
  const at = source.indexOf('=');
  if (at <= 0) throw new Error(`invalid literal source ${source}, expected key=value`);
  return { key: source.slice(0, at), value: Buffer.from(unquoted(source.slice(at + 1))) };
}

/** Quotes around all of it go; a single quote stays. */
const unquoted = (text: string) => (text.length >= 2 && /^(['"]).*\1$/s.test(text) ? text.slice(1, -1) : text);

function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=');
  if (parts.length === 1) return { key: posix.basename(source) || '.', path: source };
  if (parts.length > 2) throw new Error(`source ${quote(source)} key name or file path contains '='`);
  const [key, path] = parts as [string, string];
  if (key === '') throw new Error(`missing key name for file path ${quote(path)} in source ${quote(source)}`);
  if (path === '') throw new Error(`missing file path for key name ${quote(key)} in source ${quote(source)}`);
  return { key, path };
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** `KEY=value` a line; blank lines and comments are none. */
function linesOf(content: Buffer): Pair[] {
  const lines = splitLines(content);
  return lines.flatMap((line, i) => {
    const bytes = i === 0 && line.subarray(0, 3).equals(byteOrderMark) ? line.subarray(3) : line;
    const text = bytes.toString('utf8');
    if (!Buffer.from(text).equals(bytes)) throw new Error(`line [${[...line].join(' ')}] has invalid utf8 bytes : ${text}`);
    const trimmed = text.trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const at = trimmed.indexOf('=');
    const [key, value] = at < 0 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at + 1)];
    return key === '' ? [] : [{ key, value: Buffer.from(value) }];
  });
}

function splitLines(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf(0x0a, start);
    const stop = end < 0 ? content.length : end;
    lines.push(content.subarray(start, stop > start && content[stop - 1] === 0x0d ? stop - 1 : stop));
    start = stop + 1;
  }
  return lines;
}
