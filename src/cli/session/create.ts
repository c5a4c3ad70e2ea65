import { join } from 'node:path';
import { cachedDiscovery, discoveryCacheFile } from '../../client/discovery';
import type { Connection } from '../../client/connection';
import { fixedCredentials, needsPlugin, type Credentials } from '../../client/credentials';
import type { RestClient } from '../../client/http';
import { proxyFromEnvironment } from '../../client/http/proxy-of';
import { loadKubeconfig, orInCluster, resolveConnection, resolveNamespace, type Overrides } from '../../client/kubeconfig';
import type { GlobalFlags } from '../flags/global';
import type { FlagValues } from '../flags/spec';
import { profileContext } from './profile-context';
import { requestTimeoutMs } from './request-timeout';
import type { Environment, Session } from './session';

type Flags = FlagValues<GlobalFlags>;

/** `changed` tells flags that were given from flags that have their default. */
export function createSession(environment: Environment, flags: Flags, changed: ReadonlySet<string>): Session {
  const overrides = overridesOf(flags, changed);
  let client: RestClient | undefined;
  const kubeconfig = once(() =>
    loadKubeconfig({ env: environment.env, home: environment.home, ...(flags.kubeconfig && { explicit: flags.kubeconfig }) }));
  const effective = async () => orInCluster(await kubeconfig(), overrides, environment.env);
  const credentials = once(async () => credentialsOf(withProxy(resolveConnection(await effective(), overrides), environment), environment));
  const connection = async () => (await credentials()).connection();
  const clientOnce = once(async () => {
    const { httpClient } = await import('../../client/http');
    const logging = flags.v >= 6 ? (await import('./request-log')).requestLog(await connection(), environment, flags.v) : undefined;
    client = httpClient(await credentials(), { onWarning: warner(environment, warnings), ...(logging && { watchTransport: logging }) });
    if (flags['match-server-version']) await requireSameVersion(client);
    return client;
  });
  const discovery = once(async () => {
    const cacheDir = flags['cache-dir'] || join(environment.home, '.kube', 'cache');
    const { server } = await connection();
    return cachedDiscovery(await clientOnce(), discoveryCacheFile(cacheDir, server), server, environment.clock);
  });
  const warnings = { count: 0 };
  return {
    ...environment,
    get warningsReceived() {
      return warnings.count;
    },
    explicitKubeconfig: flags.kubeconfig,
    kubeconfig, connection, discovery,
    client: clientOnce,
    namespace: once(async () => ({ name: resolveNamespace(await effective(), overrides), explicit: flags.namespace !== '' })),
    close: async () => client?.close(),
  };
}

async function requireSameVersion(client: RestClient): Promise<void> {
  const { versionMismatch } = await import('../client-version');
  const mismatch = versionMismatch(await client.request({ path: '/version' }));
  if (mismatch) throw mismatch;
}

/** A proxy that the kubeconfig names goes before that of the environment. */
function withProxy(connection: Connection, { env }: Environment): Connection {
  const proxyUrl = connection.proxyUrl ?? proxyFromEnvironment(connection.server, env);
  return proxyUrl ? { ...connection, proxyUrl } : connection;
}

/** Most connections have no credential plugin, and need not load what runs one. */
async function credentialsOf(connection: Connection, { env, streams, clock }: Environment): Promise<Credentials> {
  if (!needsPlugin(connection)) return fixedCredentials(connection);
  const { pluginCredentials } = await import('../../client/exec-plugin/credentials');
  return pluginCredentials(connection, { env, isTerminal: streams.in.isTTY ?? false }, clock);
}

function overridesOf(flags: Flags, changed: ReadonlySet<string>): Overrides {
  return {
    context: flags.context || profileContext(flags, changed),
    cluster: flags.cluster, user: flags.user, namespace: flags.namespace, server: flags.server, token: flags.token,
    username: flags.username, password: flags.password,
    clientCertificate: flags['client-certificate'], clientKey: flags['client-key'], certificateAuthority: flags['certificate-authority'],
    ...(changed.has('insecure-skip-tls-verify') && { insecureSkipTlsVerify: flags['insecure-skip-tls-verify'] }),
    tlsServerName: flags['tls-server-name'],
    as: flags.as, asGroups: flags['as-group'], asUid: flags['as-uid'],
    requestTimeoutMs: requestTimeoutMs(flags['request-timeout']),
  };
}

/** Each warning once, as client-go's warning writer with deduplication does. */
function warner({ streams }: Environment, warnings: { count: number }): (text: string) => void {
  const seen = new Set<string>();
  return (text) => {
    if (seen.has(text)) return;
    seen.add(text);
    warnings.count++;
    streams.err.write(`Warning: ${text}\n`);
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
