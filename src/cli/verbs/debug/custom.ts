import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Container } from '../../../api/generated/core.v1';
import { parseYamlOrJson } from '../../../api/yaml';
import { errnoText } from '../../../client/kubeconfig/errors';

/** The file of --custom. Throws in kubectl's words. */
export async function readCustomProfile(file: string, cwd: string): Promise<Partial<Container>> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new Error(`must pass a container spec json file for custom profile: open ${file}: ${errnoText(error)}`);
  });
  try {
    const parsed = parseYamlOrJson(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('not a map');
    return parsed;
  } catch (error) {
    throw new Error(`${file} does not contain a valid container spec: ${(error as Error).message}`);
  }
}
