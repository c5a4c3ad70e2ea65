import { readFileSync, readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isStrictEnvVarName } from '../../../../api/validation';
import { errnoText } from '../../../../client/kubeconfig/errors';

/** One key of what is made. */
export interface Entry {
  key: string;
  value: Buffer;
}

export interface Surroundings {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** `KEY=VALUE`. Throws in the words of util.ParseLiteralSource. */
export function literalEntry(source: string): Entry {
  const at = source.indexOf('=');
  if (at < 1) throw new Error(`invalid literal source ${source}, expected key=value`);
  return { key: source.slice(0, at), value: Buffer.from(source.slice(at + 1)) };
}

/** `PATH` or `KEY=PATH`; of a directory all its files by their names. */
export function fileEntries(source: string, { cwd }: Surroundings): Entry[] {
  const { key, path } = fileSource(source);
  if (!statOf(path, cwd).isDirectory()) return [{ key, value: read(path, cwd) }];
  if (source.includes('=')) throw new Error('cannot give a key name for a directory path');
  const files = readdirSync(resolve(cwd, path), { withFileTypes: true }).filter((file) => file.isFile()).map(({ name }) => name).sort();
  return files.map((name) => ({ key: name, value: read(join(path, name), cwd) }));
}

function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=');
  if (parts.length === 1) return { key: basename(source), path: source };
  if (parts.length > 2) throw new Error('key names or file paths cannot contain \'=\'');
  const [key, path] = parts as [string, string];
  if (!key) throw new Error(`key name for file path ${path} missing`);
  if (!path) throw new Error(`file path for key name ${key} missing`);
  return { key, path };
}

/** The lines `KEY=VALUE`; a `KEY` alone has its value from the environment. `what` is `config` or `secret`. */
export function envFileEntries(path: string, what: string, { cwd, env }: Surroundings): Entry[] {
  if (statOf(path, cwd).isDirectory()) throw new Error(`env ${what} file cannot be a directory`);
  const text = read(path, cwd).toString().replace(/^\uFEFF/, '');
  return text.split(/\r?\n/).map((line) => line.trimStart()).filter((line) => line && !line.startsWith('#')).map((line) => {
    const at = line.indexOf('=');
    const key = at < 0 ? line : line.slice(0, at);
    const problems = isStrictEnvVarName(key);
    if (problems.length) throw new Error(`${JSON.stringify(key)} is not a valid key name: ${problems.join(';')}`);
    return { key, value: Buffer.from(at < 0 ? env[key] ?? '' : line.slice(at + 1)) };
  });
}

function statOf(path: string, cwd: string): Stats {
  try {
    return statSync(resolve(cwd, path));
  } catch (error) {
    throw new Error(`error reading ${path}: ${errnoText(error)}`);
  }
}

function read(path: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    throw new Error(`open ${path}: ${errnoText(error)}`);
  }
}
