import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Extract, Header } from 'tar-stream';
import { errnoText } from '../../../client/kubeconfig/errors';
import { isWithin, remotePath } from './spec';

type Entry = Readable & { header: Header };

export interface UnpackOptions {
  /** What every name in the archive must begin with. */
  prefix: string;
  destination: string;
  /** Of a relative destination. */
  cwd: string;
  /** About files that are left out. `symlink` gets the target's name. */
  outside(file: string): void;
  symlink(file: string, target: string): void;
}

/** Writes what an archive holds below the destination, never beside it. Rejects where the archive is not what was asked for. */
export async function unpack(archive: Extract, options: UnpackOptions): Promise<void> {
  for await (const entry of archive as unknown as AsyncIterable<Entry>) {
    await unpackEntry(entry, options);
    entry.resume();
  }
}

async function unpackEntry(entry: Entry, { prefix, destination, cwd, outside, symlink }: UnpackOptions): Promise<void> {
  const { name, type, linkname } = entry.header;
  if (!name.startsWith(prefix)) throw new Error('tar contents corrupted');
  const file = join(destination, remotePath(name.slice(prefix.length)));
  if (!isWithin(destination, file)) return outside(file);
  makeDirectory(dirname(file), cwd);
  if (type === 'directory') return makeDirectory(file, cwd);
  if (type === 'symlink') return symlink(file, linkname ?? '');
  try {
    await pipeline(entry, createWriteStream(resolve(cwd, file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'open') throw new Error(`open ${file}: ${errnoText(error)}`);
    throw error;
  }
}

function makeDirectory(path: string, cwd: string): void {
  try {
    mkdirSync(resolve(cwd, path), { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new Error(`mkdir ${path}: ${errnoText(error)}`);
  }
}
