import { stat, unlink } from 'node:fs/promises';
import type { Server } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { openForwarder } from '../../../client/http';
import { errnoText } from '../../../client/kubeconfig/errors';
import { ExitError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { klogLine } from '../../klog';
import type { Session } from '../../session';
import { patternsOf, type FilterRules } from './filter';
import type { ProxyFlags } from './flags';
import { proxyServer } from './server';

type ProxyInput = Input<ProxyFlags & GlobalFlags>;
type Flags = ProxyInput['flags'];

const defaultPort = 8001;

/** After k8s.io/kubectl/pkg/cmd/proxy. Serves until it is interrupted. */
export async function proxy(session: Session, { flags }: ProxyInput): Promise<void> {
  const connection = await session.connection();
  const serverPath = new URL(connection.server).pathname.replace(/\/$/, '');
  if (serverPath && !flags['append-server-path']) {
    warn(session, 172, `Your kube context contains a server path ${serverPath}, use --append-server-path to automatically append the path to each request`);
  }
  const filter = filterOf(session, flags);
  if (flags.port !== defaultPort && flags['unix-socket']) throw new Error('cannot set --unix-socket and --port at the same time');
  await checkDirectory(session, flags.www);
  const forwarder = await openForwarder(() => session.connection(), { keepAliveMs: flags.keepalive });
  const server = proxyServer(forwarder, {
    filter,
    prefixes: { api: withSlash(flags['api-prefix']), static: flags.www ? withSlash(flags['www-prefix']) : undefined },
    directory: resolve(session.cwd, flags.www),
    serverPath: flags['append-server-path'] ? serverPath : '',
    onError: ({ message }) => session.streams.err.write(klogLine(session, 'E', 'proxy_server.go:147', `Error while proxying request: ${message}`)),
  });
  session.streams.out.write(`Starting to serve on ${await listen(server, flags, session.cwd)}\n`);
  await new Promise((_resolve, reject) => server.once('error', reject));
}

const withSlash = (prefix: string) => (prefix.endsWith('/') ? prefix : `${prefix}/`);

function filterOf(session: Session, flags: Flags): FilterRules | undefined {
  if (flags['disable-filter']) {
    if (!flags['unix-socket']) warn(session, 177, 'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious');
    return undefined;
  }
  try {
    return {
      acceptPaths: patternsOf(flags['accept-paths']), rejectPaths: patternsOf(flags['reject-paths']),
      acceptHosts: patternsOf(flags['accept-hosts']), rejectMethods: patternsOf(flags['reject-methods']),
    };
  } catch (error) {
    session.streams.err.write(klogLine(session, 'F', 'proxy_server.go:83', `Error compiling re: ${(error as Error).message}`));
    throw new ExitError(255);
  }
}

async function checkDirectory(session: Session, directory: string): Promise<void> {
  if (!directory) return;
  try {
    if (!(await stat(resolve(session.cwd, directory))).isDirectory()) warn(session, 202, `Static file directory ${directory} is not a directory`);
  } catch (error) {
    warn(session, 200, `Failed to stat static file directory ${directory}: stat ${directory}: ${errnoText(error)}`);
  }
}

const warn = (session: Session, line: number, text: string) => void session.streams.err.write(klogLine(session, 'W', `proxy.go:${line}`, text));

/** Resolves to the address as Go prints it; rejects in Go's words. */
async function listen(server: Server, { address, port, 'unix-socket': socket }: Flags, cwd: string): Promise<string> {
  if (socket) {
    await listenUnix(server, resolve(cwd, socket)).catch((error: unknown) => { throw new Error(`listen unix ${socket}: ${bindText(error)}`); });
    return socket;
  }
  const problem = addressProblem(address, port);
  if (problem) throw new Error(`listen tcp: ${problem}`);
  const host = address.replace(/^\[|\]$/g, '');
  await started(server, () => server.listen({ port, ...(host && { host }) })).catch((error: unknown) => { throw new Error(`listen tcp ${address}:${port}: ${bindText(error)}`); });
  const { address: bound, port: chosen, family } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${bound}]:${chosen}` : `${bound}:${chosen}`;
}

/** What Go's net package says of an address without asking the system. */
function addressProblem(address: string, port: number): string {
  if (isIP(address) === 6 || address.replace(/^\[.*\]$/, '').includes(':')) return `address ${address}:${port}: too many colons in address`;
  if (port < 0 || port > 65535) return `address ${port}: invalid port`;
  return '';
}

const bindTexts: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use', EACCES: 'bind: permission denied', EADDRNOTAVAIL: 'bind: cannot assign requested address', ENOENT: 'bind: no such file or directory',
};

const bindText = (error: unknown): string => bindTexts[(error as NodeJS.ErrnoException).code ?? ''] ?? errnoText(error);

/** For its owner alone; a socket that is there already, alive or not, gives way. */
async function listenUnix(server: Server, path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isSocket()) await unlink(path);
  // Node says of a missing directory that it may not be written.
  await stat(dirname(path));
  const before = process.umask(0o077);
  try {
    await started(server, () => server.listen(path));
  } finally {
    process.umask(before);
  }
}

function started(server: Server, listenNow: () => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    listenNow();
  });
}
