import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import type { Files } from '../loader/files';

/** The real file system. */
export const diskFiles = (cwd: string): Files => ({
  cwd,
  read: (path) => readFileSync(path),
  kind(path) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) return undefined;
    return found.isSymbolicLink() ? 'link' : found.isDirectory() ? 'directory' : 'file';
  },
  readLink: (path) => readlinkSync(path),
});
