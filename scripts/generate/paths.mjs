import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const generatedDir = join(root, 'src/api/generated');

/** Every field of every type of Kubernetes 1.33, keyed by its OpenAPI name. */
export const apiTypes = () => JSON.parse(readFileSync(join(root, 'scripts/facts/api-types.json'), 'utf8'));

/** Writes only what changed, so that watchers and caches stay quiet. */
export async function writeGenerated(name, text) {
  const file = join(generatedDir, name);
  const old = await readFile(file, 'utf8').catch(() => undefined);
  if (old !== text) await writeFile(file, text);
}
