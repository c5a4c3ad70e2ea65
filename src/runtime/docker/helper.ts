import type Docker from 'dockerode';
import { RuntimeFailure } from '../port';
import { labels, roles } from './labels';
import { nodeImage } from './node';

/**
 * Runs shell commands as root on a directory of the host, or a volume of the engine, in a container that lives as long
 * as they do: for files that containers made and this process may not touch. The directory is at /target.
 */
export async function asRoot(docker: Docker, profile: string, directory: string, script: string, type: 'bind' | 'volume' = 'bind'): Promise<void> {
  const container = await docker.createContainer({
    Image: nodeImage,
    Cmd: ['/bin/sh', '-c', script],
    Labels: { [labels.profile]: profile, [labels.role]: roles.helper },
    HostConfig: { NetworkMode: 'none', Mounts: [{ Type: type, Source: directory, Target: '/target' }] },
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    if (StatusCode !== 0) throw new RuntimeFailure('Failed', `cannot change ${directory}: exit code ${StatusCode}`);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

export const isDenied = (error: unknown) => ['EACCES', 'EPERM'].includes((error as { code?: string }).code ?? '');
