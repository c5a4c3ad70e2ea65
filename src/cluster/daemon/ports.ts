import { createServer } from 'node:net';
import type { ProfileSettings } from '../../client/profile';
import type { EdgeSettings, PortChoice } from '../network';
import type { DaemonOptions } from './options';
import type { CertifiedKey } from './pki/certificates';

const preferredPort = 6443;

/**
 * The port of the API on 127.0.0.1. One that was asked for is taken or refused; otherwise the one of the last start,
 * so that kubeconfigs stay valid, else the usual one, else any.
 */
export async function chooseApiPort(asked: number | undefined, last: number | undefined): Promise<number> {
  if (asked !== undefined) {
    const problem = await portProblem(asked);
    if (problem) throw new Error(`the API cannot listen on 127.0.0.1:${asked}: ${problem}; choose another with --api-port`);
    return asked;
  }
  for (const port of [last, preferredPort]) if (port && !(await portProblem(port))) return port;
  return freePort();
}

function portProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EADDRINUSE' ? 'another program listens there' : error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

const usualPorts = { http: [80, 8080], https: [443, 8443] } as const;

/** Where Ingresses are served: ports that were asked for, or those of the last start, or the usual ones. */
export function edgeSettings({ httpPort, httpsPort }: DaemonOptions, last: ProfileSettings | undefined, certificate: CertifiedKey): EdgeSettings {
  const choice = (asked: number | undefined, before: number | undefined, usual: readonly number[]): PortChoice =>
    asked ? { wanted: [asked], only: true } : { wanted: [...(before ? [before] : []), ...usual] };
  return { http: choice(httpPort, last?.httpPort, usualPorts.http), https: choice(httpsPort, last?.httpsPort, usualPorts.https), certificate };
}
