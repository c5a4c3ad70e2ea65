import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const generatedDir = join(root, 'src/api/generated');

const facts = (name) => JSON.parse(readFileSync(join(root, 'scripts/facts', name), 'utf8'));

/** Every field of every type of Kubernetes 1.33, keyed by its OpenAPI name. */
export const apiTypes = () => facts('api-types.json');

/**
 * What the Go declarations add, where it does not follow from the API type. `goType`: the type as Go's reflect prints
 * it, or `*` for a pointer to the expected one. `notOmitted`: optional fields that are written though they are empty.
 */
export const goFields = () => facts('go-fields.json');

/** Writes only what changed, so that watchers and caches stay quiet. */
export async function writeGenerated(name, text) {
  const file = join(generatedDir, name);
  const old = await readFile(file, 'utf8').catch(() => undefined);
  if (old !== text) await writeFile(file, text);
}
