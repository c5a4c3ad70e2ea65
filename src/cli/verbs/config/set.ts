import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cluster, User } from '../../../client/kubeconfig';
import { flagTable, type FlagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';
import { onlyArg } from './args';
import { edit, put } from './file';

export const setClusterFlags = flagTable({
  'server': { type: 'string', help: 'Address of the API server.' },
  'tls-server-name': { type: 'string', help: 'Name to expect in the server\'s certificate.' },
  'insecure-skip-tls-verify': { type: 'bool', help: 'Do not check the server\'s certificate.' },
  'certificate-authority': { type: 'string', help: 'File with the authority of the server\'s certificate.' },
  'embed-certs': { type: 'bool', help: 'Copy the file into the kubeconfig.' },
  'proxy-url': { type: 'string', help: 'Proxy on the way to the server.' },
});

export const setCredentialsFlags = flagTable({
  'client-certificate': { type: 'string', help: 'File with the client certificate.' },
  'client-key': { type: 'string', help: 'File with its key.' },
  'embed-certs': { type: 'bool', help: 'Copy the files into the kubeconfig.' },
  'token': { type: 'string', help: 'Bearer token.' },
  'username': { type: 'string', help: 'User name for basic authentication.' },
  'password': { type: 'string', help: 'Password for basic authentication.' },
  'auth-provider': { type: 'string', help: 'Not supported; use a credential plugin.', hidden: true },
  'auth-provider-arg': { type: 'list', help: 'Not supported; use a credential plugin.', hidden: true },
  'exec-command': { type: 'string', help: 'Program that gives the credentials.' },
  'exec-api-version': { type: 'string', help: 'API version of the credential plugin.' },
  'exec-arg': { type: 'list', help: 'An argument of the plugin; may be repeated.' },
  'exec-env': { type: 'strings', help: 'A variable of the plugin, NAME=VALUE, or NAME- to remove it.' },
  'exec-interactive-mode': { type: 'string', help: 'Never, IfAvailable or Always.' },
  'exec-provide-cluster-info': { type: 'bool', help: 'Tell the plugin about the cluster.' },
});

const pemFields = new Set(['certificate-authority', 'client-certificate', 'client-key']);

/** The flags that were given, as fields of an entry; certificates by absolute path or, with --embed-certs, by content. */
function fieldsOf({ flags, changed }: Input<FlagTable>, cwd: string, names: readonly string[]): Record<string, unknown> {
  const embed = flags['embed-certs'] === true;
  return Object.assign({}, ...names.filter((name) => changed.has(name) && name !== 'embed-certs' && !name.startsWith('exec-')).map((name) => {
    const value = flags[name];
    if (!pemFields.has(name) || !value) return { [name]: value };
    const path = resolve(cwd, String(value));
    // The one form replaces the other.
    return embed
      ? { [name]: undefined, [`${name}-data`]: readFileSync(path).toString('base64') }
      : { [name]: path, [`${name}-data`]: undefined };
  })) as Record<string, unknown>;
}

export async function setCluster(session: Session, input: Input<typeof setClusterFlags>): Promise<void> {
  const name = onlyArg(input.args, 'set-cluster');
  const existing = (await session.kubeconfig()).clusters.get(name);
  const fields = fieldsOf(input as unknown as Input<FlagTable>, session.cwd, Object.keys(setClusterFlags));
  await edit(session, existing?.file, (config) => put(config.clusters, { name, cluster: { ...existing?.value, ...fields } as Cluster }));
  session.streams.out.write(`Cluster ${JSON.stringify(name)} set.\n`);
}

export async function setCredentials(session: Session, input: Input<typeof setCredentialsFlags>): Promise<void> {
  const name = onlyArg(input.args, 'set-credentials');
  const { flags } = input;
  if (flags.token && (flags.username || flags.password)) throw new Error('you cannot specify more than one authentication method at the same time: token, basic auth');
  if (flags['auth-provider'] || flags['auth-provider-arg'].length) throw new Error('--auth-provider is not supported; use a credential plugin: --exec-command');
  const existing = (await session.kubeconfig()).users.get(name);
  const fields = fieldsOf(input as unknown as Input<FlagTable>, session.cwd, Object.keys(setCredentialsFlags));
  const exec = execOf(input, existing?.value.exec);
  await edit(session, existing?.file, (config) => put(config.users, { name, user: { ...existing?.value, ...fields, ...(exec && { exec }) } as User }));
  session.streams.out.write(`User ${JSON.stringify(name)} set.\n`);
}

/** The credential plugin after the flags; undefined when none of them was given. */
function execOf({ flags, changed }: Input<typeof setCredentialsFlags>, existing: User['exec']): User['exec'] {
  if (![...changed].some((name) => name.startsWith('exec-'))) return undefined;
  const removed = flags['exec-env'].filter((entry) => entry.endsWith('-') && !entry.includes('=')).map((entry) => entry.slice(0, -1));
  const set = flags['exec-env'].filter((entry) => entry.includes('=')).map((entry) => ({ name: entry.slice(0, entry.indexOf('=')), value: entry.slice(entry.indexOf('=') + 1) }));
  const kept = (existing?.env ?? []).filter(({ name }) => !removed.includes(name) && !set.some((entry) => entry.name === name));
  return {
    ...existing,
    command: changed.has('exec-command') ? flags['exec-command'] : (existing?.command ?? ''),
    ...(changed.has('exec-api-version') && { apiVersion: flags['exec-api-version'] }),
    ...(changed.has('exec-arg') && { args: flags['exec-arg'] }),
    ...(changed.has('exec-env') && { env: [...kept, ...set] }),
    ...(changed.has('exec-interactive-mode') && { interactiveMode: flags['exec-interactive-mode'] }),
    ...(changed.has('exec-provide-cluster-info') && { provideClusterInfo: flags['exec-provide-cluster-info'] }),
  };
}
