import { createReadStream, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { errnoText } from '../../../client/kubeconfig/errors';

/**
 * A local file or folder as an archive, named `name` in it. Links stay links; folders are there by what they hold, and
 * as themselves only where they are empty. After makeTar in k8s.io/kubectl/pkg/cmd/cp.
 */
export async function packed(path: string, cwd: string, name: string): Promise<Readable> {
  const archive = pack();
  void add({ archive, cwd }, path, name).then(() => archive.finalize(), (error: Error) => archive.destroy(error));
  return archive as unknown as Readable;
}

type To = { archive: Pack; cwd: string };

async function add(to: To, path: string, name: string): Promise<void> {
  const { archive } = to;
  const real = resolve(to.cwd, path);
  const stats = opened(path, () => lstatSync(real));
  if (stats.isDirectory()) return addDirectory(to, path, name, stats);
  const header = { name, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid, mtime: stats.mtime };
  if (stats.isSymbolicLink()) return void archive.entry({ ...header, type: 'symlink', linkname: readlinkSync(real) });
  if (stats.isSocket()) throw new Error('archive/tar: sockets not supported');
  if (stats.isFIFO()) return void archive.entry({ ...header, type: 'fifo' });
  await pipeline(opened(path, () => createReadStream(real)), archive.entry({ ...header, type: 'file', size: stats.size }));
}

async function addDirectory(to: To, path: string, name: string, stats: Stats): Promise<void> {
  const entries = opened(path, () => readdirSync(resolve(to.cwd, path))).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  if (!entries.length) to.archive.entry({ name, type: 'directory', mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid, mtime: stats.mtime });
  for (const entry of entries) await add(to, join(path, entry), posix.join(name, entry));
}

function opened<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(`open ${path}: ${errnoText(error)}`);
  }
}
