import type Docker from 'dockerode';
import type { NodeContainer, NodeContainerOptions } from './contract';
import { ensureNodeImage } from './node-image';
import { ensureNetwork } from './network';
import { WiredNodeContainer } from './node-container';

export type { NodeContainer, NodeContainerOptions } from './contract';
export { ensureNodeImage, nodeImage } from './node-image';
export { removeNetwork } from './network';

/** Image, network and container, made where they are missing, taken over where they exist. Idempotent. */
export async function createNodeContainer(options: NodeContainerOptions): Promise<NodeContainer> {
  const { docker, profile, onStep } = options;
  await ensureNodeImage(docker, onStep);
  const { gateway } = await ensureNetwork(docker, profile, onStep);
  const publishRelay = await engineIsRemote(docker);
  return WiredNodeContainer.open({ ...options, publishRelay }, gateway);
}

/** Docker Desktop runs its engine in a virtual machine, also when the client is on Linux (WSL). */
async function engineIsRemote(docker: Docker): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { OperatingSystem } = (await docker.info()) as { OperatingSystem?: string };
  return OperatingSystem?.includes('Docker Desktop') ?? false;
}
