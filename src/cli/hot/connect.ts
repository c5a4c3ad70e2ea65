import { readFileSync } from 'node:fs';
import type { Connection } from '../../client/connection';
import { kubeconfigFiles, mergeConfigs } from '../../client/kubeconfig/merge';
import { resolveConnection } from '../../client/kubeconfig/resolve';
import { readSubset } from '../../client/kubeconfig/subset';
import type { Kubeconfig } from '../../client/kubeconfig/types';
import { profileContext } from '../session/profile-context';
import type { HotRead } from './plan';

/**
 * The connection, when the kubeconfig is of the common form: written by a program, with a certificate or a token.
 * Undefined, or an error, sends the line to the full path.
 */
export function connectionFor({ flags, changed }: HotRead, env: NodeJS.ProcessEnv, home: string): Connection | undefined {
  const files = kubeconfigFiles({ env, home, ...(flags.kubeconfig && { explicit: flags.kubeconfig }) });
  const read = files.map((file) => ({ file, value: readSubset(readFileSync(file, 'utf8')) }));
  if (!read.every(({ value }) => value)) return undefined;
  const config = mergeConfigs(files, read as { file: string; value: Kubeconfig }[]);
  // Who chose no context may be in a pod.
  if (!config.currentContext && !flags.context) return undefined;
  const connection = resolveConnection(config, { context: flags.context || profileContext(flags, changed), namespace: flags.namespace });
  const { auth, tls, proxyUrl, impersonate } = connection;
  const common = !auth.exec && !auth.tokenFile && !auth.username && !proxyUrl && !impersonate;
  const trusted = !connection.server.startsWith('https:') || (tls.ca !== undefined && !tls.insecure);
  return common && trusted && !usesProxy(connection.server, env) ? connection : undefined;
}

/** Go's clients never use a proxy for the machine itself. */
function usesProxy(server: string, env: NodeJS.ProcessEnv): boolean {
  const { hostname, protocol } = new URL(server);
  if (hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]') return false;
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  return Boolean(env[name] || env[name.toLowerCase()]);
}
