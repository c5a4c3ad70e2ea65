import { existsSync } from 'node:fs';
import { editKubeconfig, kubeconfigFiles, mergeConfigs, type EditableConfig, type KubeConfig, type KubeconfigError } from '../../../client/kubeconfig';
import type { Session } from '../../session';

/** The file that new entries go to: --kubeconfig, else the first of the list that exists, else the last one. */
export function defaultFile(session: Session): string {
  const files = kubeconfigFiles({ env: session.env, home: session.home, ...(session.explicitKubeconfig && { explicit: session.explicitKubeconfig }) });
  return files.find((file) => existsSync(file)) ?? files.at(-1)!;
}

/** What the commands begin with: a file that --kubeconfig names and that is not there yet is empty. */
export async function startingConfig(session: Session): Promise<KubeConfig> {
  try {
    return await session.kubeconfig();
  } catch (error) {
    const { name, code } = error as KubeconfigError;
    if (name === 'KubeconfigError' && code === 'NotFound') return mergeConfigs([session.explicitKubeconfig], []);
    throw error;
  }
}

/** Changes the file that defines an entry, or the default one for a new entry. */
export async function edit(session: Session, definedIn: string | undefined, change: (config: EditableConfig) => void): Promise<void> {
  await editKubeconfig(definedIn || defaultFile(session), change, session.clock);
}

/** Sets or adds the entry of this name. */
export function put<E extends { name: string }>(entries: E[], entry: E): void {
  const index = entries.findIndex(({ name }) => name === entry.name);
  if (index < 0) entries.push(entry);
  else entries[index] = entry;
}
