import type { Secret } from '../../../api/generated/core.v1';
import type { RegistryCredentials } from '../../../runtime/port';

interface AuthEntry {
  username?: string;
  password?: string;
  /** base64 of `user:password` */
  auth?: string;
}

const dockerHub = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** What the first of the pull secrets that knows the image's registry says. Secrets that cannot be read are passed over. */
export function credentialsFor(image: string, secrets: readonly Secret[]): RegistryCredentials | undefined {
  const host = registryOf(image);
  const hosts = dockerHub.includes(host) ? dockerHub : [host];
  for (const secret of secrets) {
    for (const [server, entry] of Object.entries(authsOf(secret))) {
      if (!hosts.includes(server.replace(/^https?:\/\//, '').split('/')[0]!)) continue;
      const credentials = readEntry(entry);
      if (credentials) return credentials;
    }
  }
  return undefined;
}

function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

function authsOf({ data }: Secret): Record<string, AuthEntry> {
  const json = data?.['.dockerconfigjson'] ?? data?.['.dockercfg'];
  if (!json) return {};
  try {
    const parsed = JSON.parse(Buffer.from(json, 'base64').toString()) as { auths?: Record<string, AuthEntry> } & Record<string, AuthEntry>;
    return data?.['.dockerconfigjson'] ? (parsed.auths ?? {}) : parsed;
  } catch {
    return {};
  }
}

function readEntry({ username, password, auth }: AuthEntry): RegistryCredentials | undefined {
  if (username !== undefined && password !== undefined) return { username, password };
  const [user, ...rest] = Buffer.from(auth ?? '', 'base64').toString().split(':');
  return user && rest.length > 0 ? { username: user, password: rest.join(':') } : undefined;
}
