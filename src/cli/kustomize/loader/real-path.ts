import { posix } from 'node:path';
import type { Files } from './files';

const maxLinks = 255;

/** A path without links. Throws in the words of Go's filepath.EvalSymlinks. */
function realPath(files: Files, path: string): string {
  let links = 0;
  let done = '/';
  const todo = path.split('/').filter(Boolean);
  while (todo.length) {
    const next = posix.join(done, todo.shift()!);
    const kind = files.kind(next);
    if (!kind) throw new Error(`lstat ${next}: no such file or directory`);
    if (kind === 'file' && todo.length) throw new Error('not a directory');
    if (kind !== 'link') {
      done = next;
      continue;
    }
    if (++links > maxLinks) throw new Error('EvalSymlinks: too many links');
    const target = files.readLink(next);
    todo.unshift(...target.split('/').filter(Boolean));
    if (posix.isAbsolute(target)) done = '/';
  }
  return done;
}

/** The real directory and the file in it, '' when the path is a directory. Source: CleanedAbs of kyaml's file system. */
export function cleanedPath(files: Files, path: string): { directory: string; file: string } {
  let real: string;
  try {
    real = realPath(files, posix.resolve(files.cwd, path));
  } catch (error) {
    throw new Error(`evalsymlink failure on '${path}' : ${(error as Error).message}`);
  }
  return files.kind(real) === 'directory' ? { directory: real, file: '' } : { directory: posix.dirname(real), file: posix.basename(real) };
}

/** A real directory. Throws where the path is none. Source: ConfirmDir of kyaml. */
export function confirmedDirectory(files: Files, path: string): string {
  if (path === '') throw new Error('directory path cannot be empty');
  let found: { directory: string; file: string };
  try {
    found = cleanedPath(files, path);
  } catch (error) {
    throw new Error(`not a valid directory: ${(error as Error).message}`);
  }
  if (found.file) throw new Error(`'${path}': file is not directory`);
  return found.directory;
}

export const isWithin = (path: string, directory: string): boolean => directory === '/' || path === directory || path.startsWith(`${directory}/`);
