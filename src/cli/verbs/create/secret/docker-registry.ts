import { goJson } from '../../../print/go-json';
import { fileEntries, type Entry } from '../data/sources';
import type { Generator } from '../generator';
import { dockerRegistryFlags } from './flags';
import { madeSecret, secretKind } from './secret';

const dockerConfigKey = '.dockerconfigjson';

/** After create_secret_docker.go. */
export const dockerRegistrySecret: Generator<typeof dockerRegistryFlags> = {
  path: 'create secret docker-registry', flags: dockerRegistryFlags, ...secretKind,
  make: ({ name, flags }, session) => {
    const { 'docker-username': username, 'docker-password': password, 'docker-server': server, 'docker-email': email, 'from-file': files } = flags;
    if (!files.length && !(username && password && server)) {
      throw new Error('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
    }
    const entries = files.length
      ? files.flatMap((source) => fileEntries(source.includes('=') ? source : `${dockerConfigKey}=${source}`, session))
      : [configEntry(server, { username, password, email })];
    return madeSecret(name, 'kubernetes.io/dockerconfigjson', entries, flags['append-hash']);
  },
};

function configEntry(server: string, { username, password, email }: { username: string; password: string; email: string }): Entry {
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const config = { auths: { [server]: { username, password, ...(email && { email }), auth } } };
  return { key: dockerConfigKey, value: Buffer.from(goJson(config, '', { keepOrder: true })) };
}
