import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Header, type Pack } from 'tar-stream';

/** One path of an image's file system. Paths are absolute; missing parents are made with mode 0755. */
export type Entry =
  | { path: string; text: string; mode?: number }
  /** A copy of a file of this machine, symlinks followed; its mode is kept. */
  | { path: string; source: string }
  | { path: string; link: string }
  | { path: string; directory: true; mode?: number; owner?: number };

type Headers = Partial<Header> & { name: string };

/** Debian's merged /usr. The directories they point to exist through the entries' parents. */
const mergedUsr: Entry[] = ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => [
  { path: `/usr/${name}`, directory: true as const }, { path: `/${name}`, link: `usr/${name}` }]);

const underUsr = /^\/(bin|sbin|lib|lib64)\//;

/** `/lib/x/y` → `/usr/lib/x/y`, where it lives once the two are merged. */
export const canonicalPath = (path: string): string => (underUsr.test(path) ? `/usr${path}` : path);

/**
 * The file system as a tar archive, deterministic: owner root, time zero, a path that comes twice taken once. Whole in
 * memory (tens of megabytes), so that a missing file shows before an engine has got half an image.
 */
export async function rootfs(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  const chunks: Buffer[] = [];
  const packed = pipeline(tar, new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  }));
  await Promise.all([packed, writeAll(tar, [...mergedUsr, ...entries]).then(() => tar.finalize(), (error: Error) => tar.destroy(error))]);
  return Buffer.concat(chunks);
}

async function writeAll(tar: Pack, entries: readonly Entry[]): Promise<void> {
  const written = new Set<string>();
  for (const entry of entries) {
    const path = canonicalPath(entry.path);
    for (const parent of parents(path)) {
      if (!once(written, parent)) continue;
      await write(tar, { path: parent, directory: true });
    }
    if (once(written, path)) await write(tar, { ...entry, path });
  }
}

function once(written: Set<string>, path: string): boolean {
  if (written.has(path)) return false;
  written.add(path);
  return true;
}

function parents(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

async function write(tar: Pack, entry: Entry): Promise<void> {
  const common: Headers = { name: entry.path.slice(1), mtime: new Date(0) };
  if ('link' in entry) return put(tar, { ...common, type: 'symlink', linkname: entry.link, mode: 0o777 });
  if ('directory' in entry) {
    const owner = entry.owner ?? 0;
    return put(tar, { ...common, name: `${common.name}/`, type: 'directory', mode: entry.mode ?? 0o755, uid: owner, gid: owner });
  }
  if ('text' in entry) return put(tar, { ...common, mode: entry.mode ?? 0o644 }, entry.text);
  const { size, mode } = await stat(entry.source);
  await pipeline(createReadStream(entry.source), tar.entry({ ...common, size, mode: mode & 0o777 }));
}

function put(tar: Pack, headers: Headers, content = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(headers, content, (error) => (error ? reject(error) : resolve()));
  });
}
