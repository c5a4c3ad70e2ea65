import { dirname, resolve } from 'node:path';
import type { Connection, ExecPlugin, Pem } from '../connection';
import { KubeconfigError } from './errors';
import type { AuthProvider, Cluster, Context, KubeConfig, Located, User } from './types';

/** What flags say against the kubeconfig. Empty strings count as not given. */
export interface Overrides {
  context?: string;
  cluster?: string;
  user?: string;
  namespace?: string;
  server?: string;
  token?: string;
  username?: string;
  password?: string;
  clientCertificate?: string;
  clientKey?: string;
  certificateAuthority?: string;
  insecureSkipTlsVerify?: boolean;
  tlsServerName?: string;
  as?: string;
  asGroups?: string[];
  asUid?: string;
  requestTimeoutMs?: number;
}

/** The connection of a context, after clientcmd.DirectClientConfig.ClientConfig. Throws KubeconfigError `Invalid`. */
export function resolveConnection(config: KubeConfig, overrides: Overrides = {}): Connection {
  const { contextName, context } = resolveContext(config, overrides);
  const clusterName = overrides.cluster || context.cluster || '';
  const userName = overrides.user || context.user || '';
  const cluster = find(config.clusters, clusterName, overrides.cluster, 'cluster');
  const user = find(config.users, userName, overrides.user, 'user');
  const merged = applyOverrides(cluster, user, overrides);
  validate(clusterName, userName, merged.cluster.value, merged.user.value, config);
  const server = serverUrl(merged.cluster.value);
  // Credentials are for those alone who prove who they are.
  const secure = server.startsWith('https:');
  return {
    server,
    namespace: overrides.namespace || context.namespace || 'default',
    ...(contextName && { context: contextName }),
    ...(clusterName && { cluster: clusterName }),
    tls: tlsOf(merged.cluster, merged.user),
    auth: secure ? authOf(merged.user) : {},
    ...impersonation(merged.user.value, overrides),
    ...(merged.cluster.value['proxy-url'] && { proxyUrl: merged.cluster.value['proxy-url'] }),
    ...(overrides.requestTimeoutMs && { requestTimeoutMs: overrides.requestTimeoutMs }),
  };
}

/** The namespace alone, as far as it can be told without a cluster; commands that never connect use it. */
export function resolveNamespace(config: KubeConfig, overrides: Overrides = {}): string {
  const name = overrides.context || config.currentContext;
  return overrides.namespace || config.contexts.get(name)?.value.namespace || 'default';
}

function resolveContext(config: KubeConfig, overrides: Overrides): { contextName: string; context: Context } {
  const contextName = overrides.context || config.currentContext;
  const found = config.contexts.get(contextName);
  if (contextName && !found) throw new KubeconfigError('Invalid', `context was not found for specified context: ${contextName}`);
  return { contextName, context: found?.value ?? {} };
}

function find<T>(entries: Map<string, Located<T>>, name: string, asked: string | undefined, what: 'cluster' | 'user'): Located<T> {
  const found = entries.get(name);
  if (asked && !found) {
    // clientcmd's texts for the two differ.
    throw new KubeconfigError('Invalid', what === 'cluster' ? `no server found for cluster "${asked}"` : `auth info "${asked}" does not exist`);
  }
  return found ?? { value: {} as T, file: '' };
}

function applyOverrides(cluster: Located<Cluster>, user: Located<User>, overrides: Overrides) {
  const here = (path: string | undefined) => path && resolve(path);
  const c: Cluster = { ...cluster.value };
  const u: User = { ...user.value };
  if (overrides.server) c.server = overrides.server;
  if (overrides.tlsServerName) c['tls-server-name'] = overrides.tlsServerName;
  if (overrides.certificateAuthority) {
    c['certificate-authority'] = here(overrides.certificateAuthority);
    delete c['certificate-authority-data'];
  }
  if (overrides.insecureSkipTlsVerify !== undefined) c['insecure-skip-tls-verify'] = overrides.insecureSkipTlsVerify;
  if (overrides.insecureSkipTlsVerify) {
    // An explicit wish to skip verification beats an authority that is configured.
    if (!overrides.certificateAuthority) delete c['certificate-authority'];
    delete c['certificate-authority-data'];
  }
  if (overrides.clientCertificate) {
    u['client-certificate'] = here(overrides.clientCertificate);
    delete u['client-certificate-data'];
  }
  if (overrides.clientKey) {
    u['client-key'] = here(overrides.clientKey);
    delete u['client-key-data'];
  }
  if (overrides.token) {
    u.token = overrides.token;
    delete u.tokenFile;
  }
  if (overrides.username) u.username = overrides.username;
  if (overrides.password) u.password = overrides.password;
  return { cluster: { ...cluster, value: c }, user: { ...user, value: u } };
}

function validate(clusterName: string, userName: string, cluster: Cluster, user: User, config: KubeConfig): void {
  const invalid = (why: string) => new KubeconfigError('Invalid', why);
  const problems: string[] = [];
  // A context that names no known cluster falls back to client-go's default address.
  if (!cluster.server && config.clusters.has(clusterName)) problems.push(`no server found for cluster "${clusterName}"`);
  if (cluster['certificate-authority-data'] && cluster['insecure-skip-tls-verify']) {
    problems.push(`specifying a root certificates file with the insecure flag is not allowed`);
  }
  const certificate = user['client-certificate'] || user['client-certificate-data'];
  const key = user['client-key'] || user['client-key-data'];
  if (certificate && !key) {
    problems.push(`client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`);
  }
  if (user.token && user.username) {
    problems.push(`more than one authentication method found for ${userName}; found [token basicAuth], only one is allowed`);
  }
  problems.push(...execProblems(userName, user));
  if (problems.length === 1) throw invalid(problems[0]!);
  if (problems.length > 1) throw new KubeconfigError('Invalid', `[${problems.join(', ')}]`, undefined, problems);
}

/** After validateAuthInfo in client-go/tools/clientcmd. */
function execProblems(userName: string, { exec, 'auth-provider': provider }: User): string[] {
  if (!exec) return [];
  const must = (what: string) => `${what} must be specified for ${userName} to use exec authentication plugin`;
  const mode = interactiveModeOf(exec);
  return [
    provider && `authProvider cannot be provided in combination with an exec plugin for ${userName}`,
    !exec.command && must('command'),
    !exec.apiVersion && must('apiVersion'),
    ...(exec.env ?? []).map(({ name }) => !name && must('env variable name')),
    !mode && must('interactiveMode'),
    mode && !interactiveModes.includes(mode) && `invalid interactiveMode for ${userName}: ${JSON.stringify(mode)}`,
  ].filter((problem) => typeof problem === 'string' && problem !== '') as string[];
}

const interactiveModes: readonly string[] = ['Never', 'IfAvailable', 'Always'];

/** The versions before v1 have a default. */
const interactiveModeOf = ({ apiVersion = '', interactiveMode }: ExecPlugin) => interactiveMode || (/\/v1(alpha|beta)1$/.test(apiVersion) ? 'IfAvailable' : '');

/** Without any configuration client-go talks to localhost:8080; a host without a scheme is plain HTTP unless something is said of TLS. */
function serverUrl(cluster: Cluster): string {
  const url = cluster.server || 'http://localhost:8080';
  const meansTls = cluster['insecure-skip-tls-verify'] || cluster['certificate-authority'] || cluster['certificate-authority-data'];
  return (/^https?:\/\//.test(url) ? url : `${meansTls ? 'https' : 'http'}://${url}`).replace(/\/+$/, '');
}

function pem(data: string | undefined, path: string | undefined, file: string): Pem | undefined {
  if (data) return { data: Buffer.from(data, 'base64').toString() };
  if (path) return { file: resolve(dirname(file), path) };
  return undefined;
}

function tlsOf({ value: cluster, file }: Located<Cluster>, { value: user, file: userFile }: Located<User>): Connection['tls'] {
  const ca = pem(cluster['certificate-authority-data'], cluster['certificate-authority'], file);
  const cert = pem(user['client-certificate-data'], user['client-certificate'], userFile);
  const key = pem(user['client-key-data'], user['client-key'], userFile);
  return {
    ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }),
    ...(cluster['tls-server-name'] && { serverName: cluster['tls-server-name'] }),
    ...(cluster['insecure-skip-tls-verify'] && { insecure: true }),
  };
}

function authOf({ value: user, file }: Located<User>): Connection['auth'] {
  return {
    ...(user.token && { token: user.token }),
    ...(user.tokenFile && { tokenFile: resolve(dirname(file), user.tokenFile) }),
    ...(user.username && { username: user.username, password: user.password ?? '' }),
    ...(user.exec && { exec: user.exec }),
    ...(user['auth-provider'] && { token: providerToken(user['auth-provider']) }),
  };
}

const removed = (name: string, plugin: string, link: string) => `The ${name} auth plugin has been removed.\nPlease use the ${plugin} kubectl/client-go credential plugin instead.\nSee ${link} for further details`;

/** Providers that client-go has taken out. */
const removedProviders: Readonly<Record<string, string>> = {
  gcp: removed('gcp', '"gke-gcloud-auth-plugin"', 'https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke'),
  azure: removed('azure', 'https://github.com/Azure/kubelogin', 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins'),
};

/** The token of an auth-provider: oidc alone is left, and its token is not renewed here. */
function providerToken({ name, config }: AuthProvider): string {
  const refusal = removedProviders[name] ?? (name === 'oidc' ? undefined : `no Auth Provider found for name ${JSON.stringify(name)}`);
  if (refusal) throw new KubeconfigError('Invalid', refusal);
  const token = config?.['id-token'];
  if (!token) throw new KubeconfigError('Invalid', 'No valid id-token, and cannot refresh without refresh-token');
  return token;
}

function impersonation(user: User, overrides: Overrides): Pick<Connection, 'impersonate'> {
  const name = overrides.as || user.as;
  const groups = overrides.asGroups?.length ? overrides.asGroups : user['as-groups'];
  const uid = overrides.asUid || user['as-uid'];
  const extra = user['as-user-extra'];
  if (!name && !groups?.length && !uid && !extra) return {};
  if (!name) throw new KubeconfigError('Invalid', 'requesting uid, groups or user-extra without impersonating a user');
  return { impersonate: { ...(extra && { extra }), ...(name && { user: name }), ...(groups && { groups }), ...(uid && { uid }) } };
}
