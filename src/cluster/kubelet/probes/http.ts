import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../api/clock';
import type { Container, HTTPGetAction } from '../../../api/generated/core.v1';
import type { NodeNetwork } from '../../../runtime/port';
import { within } from './deadline';

export interface Dialing {
  network: Pick<NodeNetwork, 'dial'>;
  clock: Clock;
}

/** Rejects with Go's words for what went wrong, which events show. */
export async function httpGet(action: HTTPGetAction, container: Container, podIP: string, timeoutMs: number, purpose: 'probe' | 'lifecycle', { network, clock }: Dialing): Promise<number> {
  const host = action.host || podIP;
  const port = portNumber(action.port, container);
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const path = action.path?.startsWith('/') ? action.path : `/${action.path ?? ''}`;
  const url = `${scheme}://${host}:${port}${path}`;
  const headers = requestHeaders(action, `${host}:${port}`, purpose);
  try {
    return await within(clock, timeoutMs, async (onCancel) => {
      const socket = await dialOrExplain(network, host, port);
      onCancel(() => socket.destroy());
      const secured = scheme === 'https' ? tlsConnect({ socket, rejectUnauthorized: false }) : socket;
      return exchange(secured, path, headers);
    });
  } catch (error) {
    throw new Error(`Get "${url}": ${(error as Error).message}`);
  }
}

/** Rejects with `late` when it takes longer; a connection that comes after that is closed. */
export const dialWithin = ({ network, clock }: Dialing, host: string, port: number, timeoutMs: number, late: string): Promise<Duplex> =>
  within(clock, timeoutMs, async (onCancel) => {
    const socket = await dialOrExplain(network, host, port);
    onCancel(() => socket.destroy());
    return socket;
  }, late);

export async function dialOrExplain(network: Pick<NodeNetwork, 'dial'>, host: string, port: number): Promise<Duplex> {
  try {
    const socket = await network.dial(host, port);
    socket.on('error', () => undefined);
    return socket;
  } catch (error) {
    throw new Error(goDialError(host, port, error as { code?: string; message: string }));
  }
}

const syscallErrors: Record<string, string> = {
  ECONNREFUSED: 'connect: connection refused', EHOSTUNREACH: 'connect: no route to host', ENETUNREACH: 'connect: network is unreachable', ETIMEDOUT: 'i/o timeout',
};

function goDialError(host: string, port: number, { code, message }: { code?: string; message: string }): string {
  return message.startsWith('dial ') ? message : `dial tcp ${host}:${port}: ${syscallErrors[code ?? ''] ?? message}`;
}

function exchange(socket: Duplex, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ createConnection: () => socket, path, headers, method: 'GET' });
    request.on('error', (error) => reject(new Error(error.message === 'socket hang up' ? 'EOF' : error.message)));
    request.on('response', (response: IncomingMessage) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
      socket.destroy();
    });
    request.end();
  });
}

function requestHeaders({ httpHeaders = [] }: HTTPGetAction, host: string, purpose: string): Record<string, string> {
  const given = Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
  return { host, 'user-agent': `kube-${purpose}/1.33`, accept: '*/*', connection: 'close', ...given };
}

/** A number, a number as text, or the name of one of the container's ports. */
export function portNumber(port: number | string, container: Container): number {
  const value = Number(port);
  if (Number.isInteger(value) && value > 0 && value < 65536) return value;
  const named = container.ports?.find(({ name }) => name === port);
  if (!named) throw new Error(`couldn't find port: ${JSON.stringify(port)} in container ${container.name}`);
  return named.containerPort;
}
