import type { ClientRequest, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Connection } from '../connection';
import { authHeaders } from './auth';
import { tlsOptions } from './tls';

export interface Forwarded {
  method: string;
  /** As it goes to the server, with its query. */
  path: string;
  headers: IncomingHttpHeaders;
}

export interface Forwarder {
  /** A request in the name of the connection's user; the body is to be written, and the answer to be waited for. */
  open(request: Forwarded): Promise<ClientRequest>;
  close(): void;
}

/** Passes on requests of other programs, whatever they carry, each by the connection of its time. `keepAliveMs`: TCP's, 0 for none. */
export async function openForwarder(connect: () => Promise<Connection>, { keepAliveMs = 0 } = {}): Promise<Forwarder> {
  let current = await connect();
  let forwarder = await forwarderOf(current, keepAliveMs);
  return {
    async open(request) {
      const connection = await connect();
      if (connection !== current) forwarder = await forwarderOf(current = connection, keepAliveMs);
      return forwarder.open(request);
    },
    close: () => forwarder.close(),
  };
}

async function forwarderOf(connection: Connection, keepAliveMs: number): Promise<{ open(request: Forwarded): ClientRequest; close(): void }> {
  const { hostname, port, protocol, host } = new URL(connection.server);
  const secure = protocol === 'https:';
  const { Agent, request } = secure ? await import('node:https') : await import('node:http');
  const tunnels = connection.proxyUrl ? (await import('./tunnel')).agentOf(connection) : undefined;
  const agent = tunnels ?? new Agent({ keepAlive: true, keepAliveMsecs: keepAliveMs || undefined, ...(secure && tlsOptions(connection)) });
  return {
    open: ({ method, path, headers }) => request({
      agent, hostname: hostname.replace(/^\[|\]$/g, ''), port: port || (secure ? 443 : 80), method, path,
      headers: { ...headers, ...ownHeaders(connection, headers), host },
    }),
    close: () => agent.destroy(),
  };
}

/** Who authenticates or impersonates by itself is let. After the round trippers of client-go. */
function ownHeaders(connection: Connection, given: IncomingHttpHeaders): OutgoingHttpHeaders {
  const own = Object.entries(authHeaders(connection));
  const wins = (name: string) => (name === 'authorization' ? !given.authorization : !given['impersonate-user']);
  return Object.fromEntries(own.filter(([name]) => wins(name)));
}
