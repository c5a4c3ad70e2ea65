import { access, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type Docker from 'dockerode';
import { asRoot } from '../helper';
import { labels, roles } from '../labels';

/**
 * The files of an image as a directory. The engine copies them from one container to another, neither of which runs, so
 * owners, modes and links stay what they are. Empty mount points that engines give every container, such as
 * etc/hosts, come along.
 */
export async function unpackImage(docker: Docker, profile: string, reference: string, directory: string): Promise<void> {
  if (await isThere(directory)) return;
  const part = `${directory}..part`;
  if (await isThere(part)) await asRoot(docker, profile, part, 'rm -rf /target/* /target/.[!.]* /target/..?*');
  await mkdir(part, { recursive: true });
  await copy(docker, profile, reference, part);
  await mkdir(dirname(directory), { recursive: true });
  await rename(part, directory);
}

async function copy(docker: Docker, profile: string, reference: string, directory: string): Promise<void> {
  const make = (mounts: Docker.MountSettings[]) => docker.createContainer({
    // Images of files only have no command, and the engine wants one.
    Image: reference, Cmd: ['/'], Labels: { [labels.profile]: profile, [labels.role]: roles.helper }, HostConfig: { NetworkMode: 'none', Mounts: mounts },
  });
  const remove = (container: Docker.Container) => container.remove({ force: true, v: true });
  const from = await make([]);
  try {
    const to = await make([{ Type: 'bind', Source: directory, Target: target }]);
    try {
      await to.putArchive(await from.getArchive({ path: '/.' }), { path: target });
    } finally {
      await remove(to);
    }
  } finally {
    await remove(from);
  }
}

/** No image has such a directory. */
const target = '/knarr..target';

const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);
