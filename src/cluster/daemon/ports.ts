import type { ProfileSettings } from '../../client/profile';
import type { EdgeSettings, PortChoice } from '../network';
import type { DaemonOptions } from './options';
import type { CertifiedKey } from './pki/certificates';

const usualPort = 6443;

/**
 * Has the API listen on 127.0.0.1 and returns the port. One that was asked for is taken or refused; otherwise it is the
 * one of the last start, so that kubeconfigs stay valid, else the usual one, else any. Only to listen tells which is
 * free: several clusters may start at once.
 */
export async function listenForApi(listen: (port: number) => Promise<number>, asked: number | undefined, last: number | undefined): Promise<number> {
  if (asked !== undefined) {
    return listen(asked).catch((error: unknown) => {
      throw new Error(`the API cannot listen on 127.0.0.1:${asked}: ${problemOf(error)}; choose another with --api-port`);
    });
  }
  for (const port of [last, usualPort]) {
    const got = port ? await listen(port).catch(() => undefined) : undefined;
    if (got !== undefined) return got;
  }
  return listen(0);
}

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' ? 'another program listens there' : message;
}

const usualPorts = { http: [80, 8080], https: [443, 8443] } as const;

/** Where Ingresses are served: ports that were asked for, or those of the last start, or the usual ones. */
export function edgeSettings({ httpPort, httpsPort }: DaemonOptions, last: ProfileSettings | undefined, certificate: CertifiedKey): EdgeSettings {
  const choice = (asked: number | undefined, before: number | undefined, usual: readonly number[]): PortChoice =>
    asked ? { wanted: [asked], only: true } : { wanted: [...(before ? [before] : []), ...usual] };
  return { http: choice(httpPort, last?.httpPort, usualPorts.http), https: choice(httpsPort, last?.httpsPort, usualPorts.https), certificate };
}
