import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProfilePaths } from './paths';

const reasons: Record<string, string> = {
  EACCES: 'permission denied', EPERM: 'not permitted', EROFS: 'the file system is read-only', ENOSPC: 'no space left on the device', ENOTDIR: 'a part of its path is a file',
};

/** Makes the profile's folder. Throws an Error that names it and says why it cannot be had. */
export function makeStateDir({ dir }: ProfilePaths): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const code = reasonCode(dir, error as NodeJS.ErrnoException);
    throw new Error(`cannot keep the cluster's state in ${dir}: ${reasons[code] ?? (error as Error).message}; KNARR_HOME names another place`);
  }
}

/** Node's recursive mkdir says ENOENT on a read-only file system; what keeps it from writing shows at the folder that exists. */
function reasonCode(dir: string, error: NodeJS.ErrnoException): string {
  let existing = dir;
  while (!existsSync(existing) && existing !== dirname(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return error.code ?? '';
  } catch (denied) {
    return (denied as NodeJS.ErrnoException).code ?? '';
  }
}
