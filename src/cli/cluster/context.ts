import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditableConfig, Kubeconfig } from '../../client/kubeconfig';
import type { ProfilePaths } from '../../client/profile';

/** What marks a cluster entry as knarr's own, in the place that minikube uses for the same purpose. */
const marker = { name: 'knarr', extension: { provider: 'knarr' } };

/** The file that kubectl would write to: the first of $KUBECONFIG, else ~/.kube/config. */
export function kubeconfigPath(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const first = env.KUBECONFIG?.split(process.platform === 'win32' ? ';' : ':').find(Boolean);
  return first ?? join(home, '.kube', 'config');
}

/** Throws when an entry of this name is somebody else's: a context must never be overwritten. */
export function refuseForeignContext(config: Kubeconfig, name: string, file: string): void {
  const cluster = config.clusters?.find((entry) => entry.name === name)?.cluster;
  const context = config.contexts?.find((entry) => entry.name === name);
  if (!cluster && !context) return;
  if (cluster?.extensions?.some((extension) => extension.name === marker.name)) return;
  throw new Error(`${file} has a context "${name}" that knarr did not write; choose another name with --profile, or another file with KUBECONFIG`);
}

/** Certificates go into the file itself, so that it can be copied to where the profile is not. */
export function addContext(config: EditableConfig, name: string, server: string, paths: ProfilePaths): void {
  const base64 = (file: string) => readFileSync(join(paths.pkiDir, file)).toString('base64');
  config.clusters = put(config.clusters, { name, cluster: { 'certificate-authority-data': base64('ca.crt'), extensions: [marker], server } });
  config.users = put(config.users, { name, user: { 'client-certificate-data': base64('admin.crt'), 'client-key-data': base64('admin.key') } });
  config.contexts = put(config.contexts, { name, context: { cluster: name, user: name } });
  config['current-context'] = name;
}

/** Leaves a context of the same name alone when it is not knarr's. */
export function removeContext(config: EditableConfig, name: string): void {
  const cluster = config.clusters?.find((entry) => entry.name === name)?.cluster;
  if (!cluster?.extensions?.some((extension) => extension.name === marker.name)) return;
  const others = <T extends { name: string }>(entries: readonly T[]) => entries.filter((entry) => entry.name !== name);
  config.clusters = others(config.clusters);
  config.users = others(config.users);
  config.contexts = others(config.contexts);
  if (config['current-context'] === name) config['current-context'] = '';
}

function put<T extends { name: string }>(entries: readonly T[], entry: T): T[] {
  const index = entries.findIndex((existing) => existing.name === entry.name);
  return index < 0 ? [...entries, entry] : entries.toSpliced(index, 1, entry);
}
