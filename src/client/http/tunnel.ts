import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Connection } from '../connection';
import { openSocks } from './socks';
import { tlsOptions } from './tls';

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'socks5:': 1080, 'socks5h:': 1080 };

/** A connection to the server of `connection` through its proxy, TLS included. */
export async function openThroughProxy(connection: Connection): Promise<Duplex> {
  const { hostname, port, protocol } = new URL(connection.server);
  const secure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = await openTunnel(connection.proxyUrl!, host, Number(port) || (secure ? 443 : 80));
  if (!secure) return socket;
  const options = tlsOptions(connection);
  return new Promise((resolve, reject) => {
    const secured = connectTls({ ...(!isIP(host) && { servername: host }), ...options, socket, host, ALPNProtocols: ['http/1.1'] }, () => resolve(secured));
    secured.once('error', reject);
  });
}

function openTunnel(proxy: string, host: string, port: number): Promise<Socket> {
  const url = new URL(proxy);
  const at = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || defaultPorts[url.protocol] };
  if (url.protocol === 'http:' || url.protocol === 'https:') return openConnect(url, at, `${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (!url.protocol.startsWith('socks5')) throw new Error(`unsupported scheme "${url.protocol.replace(/:$/, '')}", must be http, https, or socks5`);
  const credentials = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return openSocks(() => connect(at as { host: string; port: number }), { host, port, credentials });
}

/** The CONNECT of HTTP. */
function openConnect(proxy: URL, at: Pick<RequestOptions, 'host' | 'port'>, target: string): Promise<Socket> {
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const headers = { host: target, ...(proxy.username && { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }) };
  const options = { ...at, method: 'CONNECT', path: target, headers, agent: false } as const;
  return new Promise((resolve, reject) => {
    const asked = proxy.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    asked.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(response.statusMessage || `proxy answered ${response.statusCode}`));
    });
    asked.once('error', (error: NodeJS.ErrnoException) => reject(Object.assign(new Error(`proxyconnect tcp: ${error.message}`, { cause: error }), { code: 'PROXY' })));
    asked.end();
  });
}

type Created = (error: Error | null, socket?: Duplex) => void;

/** An agent whose connections go through the proxy; undefined where there is none. */
export function agentOf(connection: Connection): HttpAgent | undefined {
  if (!connection.proxyUrl) return undefined;
  const Base = connection.server.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Base({ keepAlive: false });
  const createConnection = (_options: unknown, created: Created): undefined => {
    openThroughProxy(connection).then((socket) => created(null, socket), (error: Error) => created(error));
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}
