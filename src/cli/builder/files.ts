import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { errnoText } from '../../client/kubeconfig/errors';

const extensions = ['.json', '.yaml', '.yml'];
export const stdinName = 'STDIN';

export interface FileOptions {
  filenames: readonly string[];
  recursive?: boolean | undefined;
}

/** The files that -f names: files as they are, of directories those with a manifest's extension, patterns expanded. */
export async function manifestFiles({ filenames, recursive = false }: FileOptions, cwd: string): Promise<string[]> {
  if (filenames.filter((name) => name === '-').length > 1) throw new Error('standard input cannot be used for multiple arguments');
  const found: string[] = [];
  for (const name of filenames) {
    if (name === '-') found.push(stdinName);
    else if (/^https?:\/\//.test(name)) throw new Error(`${name}: manifests are not read from URLs; download it and name the file`);
    else for (const path of await expandPattern(name, cwd)) found.push(...walk(path, recursive, cwd));
  }
  return found;
}

async function expandPattern(pattern: string, cwd: string): Promise<string[]> {
  if (statSync(resolve(cwd, pattern), { throwIfNoEntry: false })) return [pattern];
  const { matchPattern } = await import('./glob');
  const matches = matchPattern(pattern, cwd);
  if (!matches.length) throw new Error(`the path ${JSON.stringify(pattern)} does not exist`);
  return matches;
}

function walk(path: string, recursive: boolean, cwd: string): string[] {
  const files = guard(path, () => (statSync(resolve(cwd, path)).isDirectory() ? [...manifestsIn(path, recursive, cwd)] : [path]));
  if (!files.length) throw new Error(`error reading [${path}]: recognized file extensions are [${extensions.join(' ')}]`);
  return files;
}

function* manifestsIn(directory: string, recursive: boolean, cwd: string): Generator<string> {
  // By the bytes of their names, as filepath.Walk orders them.
  const names = readdirSync(resolve(cwd, directory)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    const path = join(directory, name);
    if (statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory()) {
      if (recursive) yield* manifestsIn(path, true, cwd);
    } else if (extensions.includes(extname(name))) {
      yield path;
    }
  }
}

export function readManifest(path: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    // A directory opens well in Go and fails at the first read.
    const operation = (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'read' : 'open';
    throw new Error(`${operation} ${path}: ${errnoText(error)}`);
  }
}

function guard<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(`the path ${JSON.stringify(path)} cannot be accessed: ${errnoText(error)}`);
  }
}
