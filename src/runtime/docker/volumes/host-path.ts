import { mkdir, stat, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { RuntimeFailure, type VolumeContent } from '../../port';

type Kind = Extract<VolumeContent, { type: 'host' }>['kind'];

const checks: Record<Exclude<Kind, ''>, { is: (stats: Stats) => boolean; what: string; create?: (path: string) => Promise<void> }> = {
  Directory: { is: (stats) => stats.isDirectory(), what: 'a directory' },
  DirectoryOrCreate: { is: (stats) => stats.isDirectory(), what: 'a directory', create: async (path) => { await mkdir(path, { recursive: true, mode: 0o755 }); } },
  File: { is: (stats) => stats.isFile(), what: 'a file' },
  FileOrCreate: { is: (stats) => stats.isFile(), what: 'a file', create: async (path) => { await mkdir(dirname(path), { recursive: true }); await writeFile(path, '', { flag: 'a', mode: 0o644 }); } },
  Socket: { is: (stats) => stats.isSocket(), what: 'a socket file' },
  CharDevice: { is: (stats) => stats.isCharacterDevice(), what: 'a character device' },
  BlockDevice: { is: (stats) => stats.isBlockDevice(), what: 'a block device' },
};

/** Rejects in upstream's words when the path is not what the pod expects. With kind '' anything goes. */
export async function checkHostPath(path: string, kind: Kind): Promise<void> {
  if (kind === '') return;
  const { is, what, create } = checks[kind];
  const stats = await stat(path).catch(() => undefined);
  if (!stats && create) return create(path);
  if (!stats || !is(stats)) throw new RuntimeFailure('Failed', `hostPath type check failed: ${path} is not ${what}`);
}
