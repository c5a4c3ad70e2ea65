import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { ignoring } from './errors';

/** As `du` counts: what the files take, not how long they are. What this process may not see counts nothing. */
export async function directoryBytes(path: string): Promise<number> {
  const [own, entries] = await Promise.all([takenBytes(path), readdir(path, { withFileTypes: true }).catch(() => [])]);
  const below = await Promise.all(entries.map((entry) => (entry.isDirectory() ? directoryBytes(join(path, entry.name)) : takenBytes(join(path, entry.name)))));
  return below.reduce((sum, bytes) => sum + bytes, own);
}

// The types of dockerode leave it out.
const withSize: object = { size: true };

/** What a container has written beside its volumes, and its log where that is a file of this machine. */
export async function containerBytes(docker: Docker, id: string): Promise<number> {
  const inspected = (await docker.getContainer(id).inspect(withSize).catch(ignoring(404))) as (ContainerInspectInfo & { SizeRw?: number }) | undefined;
  return inspected ? (inspected.SizeRw ?? 0) + (await takenBytes(inspected.LogPath)) : 0;
}

const blockBytes = 512;
const takenBytes = (path: string): Promise<number> => lstat(path).then(({ blocks }) => blocks * blockBytes, () => 0);
