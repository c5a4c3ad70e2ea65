import type { User } from '../../../client/kubeconfig';
import { helpError } from '../../errors';
import { flagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';
import { edit, put, startingConfig } from './file';
import { changedPairs, parsePairs, type Pairs } from './pairs';
import { pemField, requireFile } from './pem';

export const setCredentialsFlags = flagTable({
  'client-certificate': { type: 'string', help: 'File with the client certificate.' },
  'client-key': { type: 'string', help: 'File with its key.' },
  'embed-certs': { type: 'bool', help: 'Copy the files into the kubeconfig.' },
  'token': { type: 'string', help: 'Bearer token.' },
  'username': { type: 'string', help: 'User name for basic authentication.' },
  'password': { type: 'string', help: 'Password for basic authentication.' },
  'auth-provider': { type: 'string', help: 'Name of an authentication provider that is built into the client.' },
  'auth-provider-arg': { type: 'list', help: 'An argument of the provider, KEY=VALUE, or KEY- to remove it.' },
  'exec-command': { type: 'string', help: 'Program that gives the credentials.' },
  'exec-api-version': { type: 'string', help: 'API version of the credential plugin.' },
  'exec-arg': { type: 'list', help: 'An argument of the plugin; may be repeated.' },
  'exec-env': { type: 'strings', help: 'A variable of the plugin, NAME=VALUE, or NAME- to remove it.' },
  'exec-interactive-mode': { type: 'string', help: 'Never, IfAvailable or Always.' },
  'exec-provide-cluster-info': { type: 'bool', help: 'Tell the plugin about the cluster.' },
});

type CredentialsInput = Input<typeof setCredentialsFlags>;

const interactiveModes = ['IfAvailable', 'Always', 'Never'];

/** After k8s.io/kubectl/pkg/cmd/config/set_credentials.go. */
export async function setCredentials(session: Session, input: CredentialsInput): Promise<void> {
  const { flags, args } = input;
  const [name] = args;
  if (args.length !== 1) throw helpError(`unexpected args: [${args.join(' ')}]`);
  const pairs = pairsOf(flags);
  if (!name) throw new Error('you must specify a non-empty user name');
  validate(input, session.cwd);
  const existing = (await startingConfig(session)).users.get(name);
  const user = modifiedUser(existing?.value ?? {}, input, pairs, session.cwd);
  await edit(session, existing?.file, (config) => put(config.users, { name, user }));
  session.streams.out.write(`User ${JSON.stringify(name)} set.\n`);
}

function pairsOf(flags: CredentialsInput['flags']): ParsedPairs {
  try {
    return { providerArgs: parsePairs(flags['auth-provider-arg'], 'auth-provider-arg'), execEnv: parsePairs(flags['exec-env'], 'exec-env') };
  } catch (error) {
    throw helpError((error as Error).message);
  }
}

function validate({ flags, changed }: CredentialsInput, cwd: string): void {
  if (flags.token && (flags.username || flags.password)) {
    throw new Error('you cannot specify more than one authentication method at the same time: --token, --username/--password');
  }
  if (flags['embed-certs']) {
    const files = (['client-certificate', 'client-key'] as const).filter((flag) => flags[flag]);
    if (!files.length) throw new Error('you must specify a --client-certificate or --client-key to embed');
    for (const flag of files) requireFile(flag, flags[flag], cwd);
  }
  if (changed.has('exec-interactive-mode') && !interactiveModes.includes(flags['exec-interactive-mode'])) {
    throw new Error('invalid interactive mode type, can be only IfAvailable, Never, Always');
  }
}

interface ParsedPairs {
  readonly providerArgs: Pairs;
  readonly execEnv: Pairs;
}

/** The flags that were given over what is there; undefined fields go. */
function modifiedUser(existing: User, input: CredentialsInput, pairs: ParsedPairs, cwd: string): User {
  const { flags, changed } = input;
  const pem = (['client-certificate', 'client-key'] as const).filter((flag) => changed.has(flag)).map((flag) => pemField(flag, flags[flag], flags['embed-certs'], cwd));
  const exec = modifiedExec(existing.exec, input, pairs.execEnv);
  const provider = modifiedProvider(existing['auth-provider'], input, pairs.providerArgs);
  return {
    ...existing,
    ...(Object.assign({}, ...pem) as object),
    ...given(input, ['token', 'username', 'password']),
    ...(provider && { 'auth-provider': provider }),
    ...(exec && { exec }),
    // One way to log in takes the place of the other.
    ...(flags.token && { username: undefined, password: undefined }),
    ...(!flags.token && (flags.username || flags.password) && { token: undefined }),
  } as User;
}

const given = ({ flags, changed }: CredentialsInput, names: readonly (keyof CredentialsInput['flags'])[]) =>
  Object.fromEntries(names.filter((name) => changed.has(name)).map((name) => [name, flags[name]]));

type Provider = { name?: string; config?: Record<string, string> | null } | undefined;

function modifiedProvider(existing: unknown, { flags, changed }: CredentialsInput, args: Pairs): Provider {
  const name = flags['auth-provider'];
  const before = existing as Provider;
  const kept = changed.has('auth-provider') && before?.name !== name ? { name } : before;
  if (!kept) return undefined;
  const config = Object.fromEntries([...Object.entries(kept.config ?? {}).filter(([key]) => !args.remove.includes(key)), ...args.set]);
  return { ...kept, config: Object.keys(config).length ? config : null };
}

/** The credential plugin; without one the other flags have nothing to change. */
function modifiedExec(existing: User['exec'], { flags, changed }: CredentialsInput, env: Pairs): User['exec'] {
  const command = changed.has('exec-command') ? { command: flags['exec-command'], args: undefined } : {};
  if (!existing && !('command' in command)) return undefined;
  return {
    ...existing, ...command,
    ...(changed.has('exec-api-version') && { apiVersion: flags['exec-api-version'] }),
    ...(flags['exec-arg'].length && { args: flags['exec-arg'] }),
    ...(changed.has('exec-env') && { env: changedPairs(existing?.env ?? [], env) }),
    ...(changed.has('exec-interactive-mode') && { interactiveMode: flags['exec-interactive-mode'] }),
    ...(changed.has('exec-provide-cluster-info') && { provideClusterInfo: flags['exec-provide-cluster-info'] }),
  } as NonNullable<User['exec']>;
}
