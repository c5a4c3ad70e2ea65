import type Docker from 'dockerode';
import { finished } from './progress';
import { rootfs, type Entry } from './rootfs';

export interface ImageRecipe {
  /** `nginx:1.27`; further names are tags of the same image. */
  names: readonly [string, ...string[]];
  /** Dockerfile instructions: `CMD ["sh"]`, `EXPOSE 80`. */
  changes: readonly string[];
  entries: readonly Entry[];
}

/** Makes one image of these files in the engine, as `docker import` does. Existing names move to it. */
export async function importImage(docker: Docker, recipe: ImageRecipe): Promise<void> {
  const [first, ...others] = recipe.names;
  const options = { ...repoAndTag(first), changes: recipe.changes.join('\n') };
  const progress = await docker.importImage((await rootfs(recipe.entries)) as unknown as string, options);
  await finished(docker, progress);
  for (const name of others) await tagImage(docker, first, name);
}

export async function tagImage(docker: Docker, from: string, name: string): Promise<void> {
  await docker.getImage(from).tag(repoAndTag(name));
}

export async function imageExists(docker: Docker, name: string): Promise<boolean> {
  return docker.getImage(name).inspect().then(() => true, (error: { statusCode?: number }) => {
    if (error.statusCode === 404) return false;
    throw error;
  });
}

/** `registry:5000/a/b:1` → `{repo: 'registry:5000/a/b', tag: '1'}` */
function repoAndTag(name: string): { repo: string; tag: string } {
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return colon < 0 ? { repo: name, tag: 'latest' } : { repo: name.slice(0, colon), tag: name.slice(colon + 1) };
}
