import { editKubeconfig, kubeconfigFiles, type EditableConfig } from '../../../client/kubeconfig';
import type { Session } from '../../session';
import { existsSync } from 'node:fs';

/** The file that new entries go to: --kubeconfig, else the first of the list that exists, else the last one. */
export function defaultFile(session: Session): string {
  const files = kubeconfigFiles({ env: session.env, home: session.home, ...(session.explicitKubeconfig && { explicit: session.explicitKubeconfig }) });
  return files.find((file) => existsSync(file)) ?? files.at(-1)!;
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
