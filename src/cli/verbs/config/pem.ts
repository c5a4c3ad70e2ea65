import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errnoText } from '../../../client/kubeconfig/errors';

/** A certificate or key as fields of an entry: by its absolute path or by its content; the one form replaces the other. */
export function pemField(name: string, path: string, embed: boolean, cwd: string): Record<string, string | undefined> {
  const absolute = resolve(cwd, path);
  return embed
    ? { [name]: undefined, [`${name}-data`]: readFileSync(absolute).toString('base64') }
    : { [name]: absolute, [`${name}-data`]: undefined };
}

export function requireFile(flag: string, path: string, cwd: string): void {
  try {
    statSync(resolve(cwd, path));
  } catch (error) {
    throw new Error(`could not stat ${flag} file ${path}: stat ${path}: ${errnoText(error)}`);
  }
}
