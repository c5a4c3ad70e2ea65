import type { Runtime } from '../port';
import { DockerRuntime, type DockerOptions } from './runtime';

export { destroyDockerObjects, type DestroyOptions } from './destroy';
export type { DockerOptions } from './runtime';

/** Connects to the engine of DOCKER_HOST, or the local one. Nothing is asked of it before the first call. */
export function createDockerRuntime(options: DockerOptions): Runtime {
  return new DockerRuntime(options);
}
