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
});

const pemFields = new Set(['certificate-authority', 'client-certificate', 'client-key']);

/** The flags that were given, as fields of an entry; certificates by absolute path or, with --embed-certs, by content. */
function fieldsOf({ flags, changed }: Input<FlagTable>, cwd: string, names: readonly string[]): Record<string, unknown> {
  const embed = flags['embed-certs'] === true;
  return Object.assign({}, ...names.filter((name) => changed.has(name) && name !== 'embed-certs').map((name) => {
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
  const existing = (await session.kubeconfig()).users.get(name);
  const fields = fieldsOf(input as unknown as Input<FlagTable>, session.cwd, Object.keys(setCredentialsFlags));
  await edit(session, existing?.file, (config) => put(config.users, { name, user: { ...existing?.value, ...fields } as User }));
  session.streams.out.write(`User ${JSON.stringify(name)} set.\n`);
}
