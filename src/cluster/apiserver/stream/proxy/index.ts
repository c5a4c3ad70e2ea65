import { request as httpRequest, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as secure } from 'node:tls';
import { ApiError } from '../../../../api/errors';
import type { Exchange, Incoming, Reply } from '../../http/exchange';
import type { VerbTarget } from '../../http/verbs/verb';
import { goReason } from '../../outbound/go-errors';
import { admitConnection } from '../connection';
import { forward, passedOn } from '../forward';
import type { FindAgent } from '../pods';
import { tunnel } from '../tunnel';
import type { UpgradeHandler } from '../upgrade';
import { backendOf, type ProxyBackend } from './backend';
import { redirectOf, rewriteLocation, splitUrl, type ProxiedUrl } from './location';

const failure = (error: Error) => new ApiError('ServiceUnavailable', `error trying to reach service: ${goReason(error)}`);

/** Pods and services over HTTP through the API server. */
export const proxy = (find: FindAgent) => async (exchange: Exchange, target: VerbTarget, rest: string | undefined): Promise<Reply | void> => {
  const { request } = exchange;
  const query = new URLSearchParams(rest === undefined ? '' : { path: rest });
  await admitConnection(target, 'proxy', query, { user: exchange.user, dryRun: false, warn: (text) => void exchange.warnings.push(text) });
  const backend = backendOf(target);
  const url = splitUrl(request.url ?? '/');
  const elsewhere = redirectOf(request.method, url);
  if (elsewhere) return { code: 301, contentType: 'text/plain', body: Buffer.alloc(0), headers: { location: elsewhere } };
  const socket = await dial(find, backend);
  const hosts = [hostOf(backend), String(request.headers[':authority'] ?? request.headers.host ?? '')];
  await forward(exchange, open(request, socket, url, backend, { connection: 'close' }), failure, (location) => rewriteLocation(location, url.prefix, hosts))
    .finally(() => socket.destroy());
};

/** WebSockets and what else begins as a request. */
export const proxyUpgrade = (find: FindAgent): UpgradeHandler => async ({ request, socket, head, accepted }, target) => {
  const backend = backendOf(target);
  const { connection = 'Upgrade', upgrade = '' } = request.headers;
  const behind = await dial(find, backend);
  const outgoing = open(request, behind, splitUrl(request.url ?? '/'), backend, { connection, upgrade });
  outgoing.once('upgrade', accepted);
  await tunnel(outgoing, socket, head).catch((error: Error) => {
    throw failure(error);
  }).finally(() => behind.destroy());
};

const hostOf = ({ address, port }: ProxyBackend): string => `${address}:${port}`;

/** Nobody knows who signed the certificates of pods: as upstream, they are not looked at. */
async function dial(find: FindAgent, { nodeName, address, port, scheme }: ProxyBackend): Promise<Duplex> {
  const agent = find(nodeName) ?? find(undefined);
  if (!agent) throw new ApiError('ServiceUnavailable', `no node is running that reaches ${address}:${port}`);
  const socket = await agent.dial(address, port).catch((error: Error) => {
    throw failure(error);
  });
  return scheme === 'https' ? secure({ socket, rejectUnauthorized: false }) : socket;
}

function open(request: Incoming, socket: Duplex, { prefix, path, search }: ProxiedUrl, backend: ProxyBackend, more: Record<string, string>): ClientRequest {
  const forwardedFor = [request.headers['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean).join(', ');
  return httpRequest({
    createConnection: () => socket as never, method: request.method, path: `${path || '/'}${search}`,
    headers: { ...passedOn(request.headers), host: hostOf(backend), 'x-forwarded-uri': `${prefix}${path}`, ...(forwardedFor && { 'x-forwarded-for': forwardedFor }), ...more },
  });
}
