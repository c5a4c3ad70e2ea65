import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { Clock } from '../../api/clock';
import { asFailure, ignoring } from './errors';
import { asRoot, isDenied } from './helper';
import { labels } from './labels';
import { ensureNodeImage } from './node';

export interface DestroyOptions {
  profile: string;
  stateDir: string;
  clock: Clock;
  onStep: (step: string) => void;
}

/** Removes what carries the profile's label, and the files that its containers left. Nothing else. */
export function destroyDockerObjects({ profile, stateDir, onStep }: DestroyOptions): Promise<void> {
  const docker = new Docker();
  const filters = { label: [`${labels.profile}=${profile}`] };
  return asFailure(async () => {
    const containers = await docker.listContainers({ all: true, filters });
    if (containers.length > 0) onStep(`Removing ${containers.length} containers`);
    await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoring(404, 409))));
    const { Volumes } = await docker.listVolumes({ filters: JSON.stringify(filters) });
    await Promise.all((Volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove({ force: true }).catch(ignoring(404, 409))));
    const networks = await docker.listNetworks({ filters: JSON.stringify(filters) });
    await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove().catch(ignoring(404))));
    for (const folder of ['pods', 'volumes']) await removeFiles(docker, profile, join(stateDir, folder), onStep);
  });
}

async function removeFiles(docker: Docker, profile: string, directory: string, onStep: (step: string) => void): Promise<void> {
  if (!(await stat(directory).catch(() => undefined))) return;
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    if (!isDenied(error)) throw error;
    await ensureNodeImage(docker, onStep);
    await asRoot(docker, profile, directory, 'rm -rf /target/* /target/.[!.]* /target/..?*');
    await rm(directory, { recursive: true, force: true });
  }
}
