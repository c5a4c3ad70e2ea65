import { delimiter, join } from 'node:path';
import type { Kubeconfig, KubeConfig, Located } from './types';

export interface LoadOptions {
  /** `--kubeconfig`: only this file, and it must exist. */
  explicit?: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/** Where the configuration may stand, first one first. $KUBECONFIG is a list as in $PATH. */
export function kubeconfigFiles({ explicit, env, home }: LoadOptions): string[] {
  if (explicit) return [explicit];
  const listed = [...new Set((env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean))];
  return listed.length ? listed : [join(home, '.kube', 'config')];
}

/** After client-go's loading rules: for each name, and for each plain value, the first file that has it wins. */
export function mergeConfigs(files: string[], read: readonly Located<Kubeconfig>[]): KubeConfig {
  const merged: KubeConfig = {
    files, clusters: new Map(), users: new Map(), contexts: new Map(),
    currentContext: '', currentContextFile: files[0] ?? '', preferences: undefined, extensions: undefined,
  };
  for (const { file, value } of read) {
    addMissing(merged.clusters, value.clusters, (entry) => entry.cluster, file);
    addMissing(merged.users, value.users, (entry) => entry.user, file);
    addMissing(merged.contexts, value.contexts, (entry) => entry.context, file);
    if (!merged.currentContext && value['current-context']) {
      merged.currentContext = value['current-context'];
      merged.currentContextFile = file;
    }
    merged.preferences ??= value.preferences;
    merged.extensions ??= value.extensions;
  }
  return merged;
}

function addMissing<E extends { name: string }, T>(into: Map<string, Located<T>>, entries: E[] | null | undefined, valueOf: (entry: E) => T, file: string): void {
  for (const entry of entries ?? []) {
    if (!into.has(entry.name)) into.set(entry.name, { file, value: valueOf(entry) ?? ({} as T) });
  }
}
