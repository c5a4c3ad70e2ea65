import { readPem } from '../http/tls';
import type { Connection, ExecPlugin } from '../connection';

/** What the plugin printed, as far as it is used. */
interface ExecCredential {
  apiVersion?: string;
  status?: { token?: string; clientCertificateData?: string; clientKeyData?: string; expirationTimestamp?: string | null };
}

export interface PluginCredentials {
  token?: string;
  clientCertificateData?: string;
  clientKeyData?: string;
  /** Infinity when the plugin names no time. */
  expiresAtMs: number;
}

export interface PluginEnvironment {
  env: Readonly<Record<string, string | undefined>>;
  /** Whether the plugin may ask the user. */
  isTerminal: boolean;
}

const supported = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** Throws when nothing that is called so can be asked, before anything is. */
export function checkPlugin({ apiVersion = '' }: ExecPlugin): void {
  if (!supported.includes(apiVersion)) throw new Error(`exec plugin: invalid apiVersion ${JSON.stringify(apiVersion)}`);
}

/** Runs the plugin. Rejects with what is wrong, in client-go's words. */
export async function credentialsOf(connection: Connection, environment: PluginEnvironment): Promise<PluginCredentials> {
  const { exec } = connection.auth;
  if (!exec) throw new Error('the connection names no credential plugin');
  return checked(await run(exec, connection, environment), exec);
}

async function run(plugin: ExecPlugin, connection: Connection, environment: PluginEnvironment): Promise<string> {
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

function isInteractive({ interactiveMode: wanted }: ExecPlugin, { isTerminal }: PluginEnvironment): boolean {
  const interactiveMode = wanted || 'IfAvailable';
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

function checked(stdout: string, { apiVersion }: ExecPlugin): PluginCredentials {
  const credential = parse(stdout);
  if (credential.apiVersion !== apiVersion) {
    throw new Error(`exec plugin is configured to use API version ${apiVersion}, plugin returned version ${credential.apiVersion ?? ''}`);
  }
  const { status } = credential;
  if (!status) throw new Error('exec plugin didn\'t return a status field');
  const { token, clientCertificateData, clientKeyData } = status;
  if (!token && !clientCertificateData && !clientKeyData) throw new Error('exec plugin didn\'t return a token or cert/key pair');
  if (!clientCertificateData !== !clientKeyData) throw new Error('exec plugin returned only certificate or key, not both');
  return { ...(token && { token }), ...(clientCertificateData && clientKeyData && { clientCertificateData, clientKeyData }), expiresAtMs: expiryOf(status.expirationTimestamp) };
}

function expiryOf(text: string | null | undefined): number {
  if (!text) return Infinity;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new Error(`decoding stdout: parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00"`);
  return atMs;
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
