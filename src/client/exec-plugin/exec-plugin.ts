import { readPem } from '../http/tls';
import { ConnectionError } from '../http';
import type { Connection, ExecPlugin } from '../connection';

/** What the plugin printed, as far as it is used. */
interface ExecCredential {
  apiVersion?: string;
  status?: { token?: string; clientCertificateData?: string; clientKeyData?: string };
}

export interface PluginEnvironment {
  env: Readonly<Record<string, string | undefined>>;
  /** Whether the plugin may ask the user. */
  isTerminal: boolean;
}

const supported = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** The connection with what its plugin gives; as it is when it has none. Rejects with a ConnectionError in client-go's words. */
export async function withPluginCredentials(connection: Connection, environment: PluginEnvironment): Promise<Connection> {
  const { exec } = connection.auth;
  if (!exec) return connection;
  try {
    const { token, clientCertificateData, clientKeyData } = checked(await run(exec, connection, environment), exec);
    return {
      ...connection,
      auth: { ...connection.auth, ...(token && { token }) },
      tls: clientCertificateData && clientKeyData ? { ...connection.tls, cert: { data: clientCertificateData }, key: { data: clientKeyData } } : connection.tls,
    };
  } catch (error) {
    throw new ConnectionError(`getting credentials: ${(error as Error).message}`, new URL(connection.server).host, false);
  }
}

async function run(plugin: ExecPlugin, connection: Connection, environment: PluginEnvironment): Promise<string> {
  if (!supported.includes(plugin.apiVersion ?? '')) throw new Error(`exec plugin: invalid apiVersion ${JSON.stringify(plugin.apiVersion ?? '')}`);
  const interactive = isInteractive(plugin, environment);
  const { execa } = await import('execa');
  const result = await execa(plugin.command, plugin.args ?? [], {
    env: { ...environment.env, ...Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value])), KUBERNETES_EXEC_INFO: execInfo(plugin, connection, interactive) },
    extendEnv: false, stdin: interactive ? 'inherit' : 'ignore', stderr: 'inherit', reject: false,
  });
  if (result.code === 'ENOENT') throw new Error(notFound(plugin));
  if (result.failed) throw new Error(`exec: executable ${plugin.command} failed with exit code ${result.exitCode ?? -1}`);
  return result.stdout;
}

function isInteractive({ interactiveMode = 'IfAvailable' }: ExecPlugin, { isTerminal }: PluginEnvironment): boolean {
  if (interactiveMode === 'Never') return false;
  if (interactiveMode === 'IfAvailable') return isTerminal;
  if (interactiveMode !== 'Always') throw new Error(`exec plugin cannot support interactive mode: unknown interactiveMode: ${JSON.stringify(interactiveMode)}`);
  if (!isTerminal) throw new Error('exec plugin cannot support interactive mode: standard input is not a terminal');
  return true;
}

/** What the plugin is told, in the variable KUBERNETES_EXEC_INFO. */
function execInfo({ apiVersion, provideClusterInfo }: ExecPlugin, { server, tls }: Connection, interactive: boolean): string {
  const cluster = {
    server,
    ...(tls.serverName && { 'tls-server-name': tls.serverName }),
    ...(tls.insecure && { 'insecure-skip-tls-verify': true }),
    ...(tls.ca && { 'certificate-authority-data': Buffer.from(readPem(tls.ca)).toString('base64') }),
  };
  return JSON.stringify({ kind: 'ExecCredential', apiVersion, spec: { ...(provideClusterInfo && { cluster }), interactive } });
}

function checked(stdout: string, { apiVersion }: ExecPlugin): NonNullable<ExecCredential['status']> {
  const credential = parse(stdout);
  if (credential.apiVersion !== apiVersion) {
    throw new Error(`exec plugin is configured to use API version ${apiVersion}, plugin returned version ${credential.apiVersion ?? ''}`);
  }
  const { status } = credential;
  if (!status) throw new Error('exec plugin didn\'t return a status field');
  const { token, clientCertificateData, clientKeyData } = status;
  if (!token && !clientCertificateData && !clientKeyData) throw new Error('exec plugin didn\'t return a token or cert/key pair');
  if (!clientCertificateData !== !clientKeyData) throw new Error('exec plugin returned only certificate or key, not both');
  return status;
}

function parse(stdout: string): ExecCredential {
  try {
    return JSON.parse(stdout) as ExecCredential;
  } catch (error) {
    throw new Error(`decoding stdout: ${(error as Error).message}`);
  }
}

const notFound = ({ command, installHint }: ExecPlugin): string =>
  `exec: executable ${command} not found\n\nThe kubeconfig names this program to get credentials from; install it or put it on the PATH.${installHint ? `\n\n${installHint}` : ''}`;
