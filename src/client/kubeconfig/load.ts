import { readFileSync } from 'node:fs';
import { KubeconfigError, errnoText } from './errors';
import { kubeconfigFiles, mergeConfigs, type LoadOptions } from './merge';
import { readSubset } from './subset';
import type { Kubeconfig, KubeConfig, Located } from './types';

/** All files merged. Files of the list that do not exist are skipped; a broken one is an error that names it. */
export async function loadKubeconfig(options: LoadOptions): Promise<KubeConfig> {
  const files = kubeconfigFiles(options);
  const read: Located<Kubeconfig>[] = [];
  for (const file of files) {
    const text = readText(file, options.explicit !== undefined && options.explicit !== '');
    if (text !== undefined) read.push({ file, value: await parseConfig(text, file) });
  }
  return mergeConfigs(files, read);
}

function readText(file: string, mustExist: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && !mustExist) return undefined;
    // clientcmd asks for the file's existence first when it is named explicitly.
    if (missing) throw new KubeconfigError('NotFound', `stat ${file}: ${errnoText(error)}`, file);
    throw new KubeconfigError('Unreadable', `error loading config file "${file}": open ${file}: ${errnoText(error)}`, file);
  }
}

/** The file's content as data; an empty file is an empty configuration. */
export async function parseConfig(text: string, file: string): Promise<Kubeconfig> {
  const subset = readSubset(text);
  if (subset) return checkShape(subset, file);
  const { parseYaml } = await import('../../api/yaml');
  try {
    return checkShape((parseYaml(text)[0] ?? {}) as unknown, file);
  } catch (error) {
    if (error instanceof KubeconfigError) throw error;
    throw new KubeconfigError('Malformed', `error loading config file "${file}": ${(error as Error).message.replace('error converting YAML to JSON: ', '')}`, file);
  }
}

const lists = ['clusters', 'users', 'contexts'] as const;

function checkShape(value: unknown, file: string): Kubeconfig {
  const malformed = (why: string) => new KubeconfigError('Malformed', `error loading config file "${file}": ${why}`, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('it is not a kubeconfig: a mapping was expected');
  const config = { ...value } as Kubeconfig;
  for (const list of lists) {
    // A null list is what an empty one becomes in YAML.
    if (config[list] === null) delete config[list];
    const entries: unknown = config[list] ?? [];
    if (!Array.isArray(entries)) throw malformed(`${list}: a list was expected`);
    for (const entry of entries as unknown[]) {
      if (typeof (entry as { name?: unknown } | null)?.name !== 'string') throw malformed(`${list}: an entry has no name`);
    }
  }
  return config;
}

/** One file; an empty configuration when there is none. */
export async function readKubeconfig(file: string): Promise<Kubeconfig> {
  return parseConfig(readText(file, false) ?? '', file);
}
