import type { Clock } from '../../api/clock';
import type { Connection } from '../connection';
import type { Credentials } from '../credentials';
import { ConnectionError } from '../http/connection-error';
import { checkPlugin, credentialsOf, type PluginCredentials, type PluginEnvironment } from './exec-plugin';

/**
 * What the connection's plugin gives: asked for at the first request, again when it has expired, and once more when
 * the server refuses it. After Authenticator in
 * client-go/plugin/pkg/client/auth/exec, which does not try a refused request again either. Throws for a plugin of an unknown version.
 */
export function pluginCredentials(base: Connection, environment: PluginEnvironment, clock: Pick<Clock, 'now'>): Credentials {
  if (base.auth.exec) checkPlugin(base.auth.exec);
  let given: Promise<{ connection: Connection; expiresAtMs: number }> | undefined;
  let isFirstFailure = true;
  const ask = () => (given = credentialsOf(base, environment).then(
    (credentials) => ({ connection: withCredentials(base, credentials), expiresAtMs: credentials.expiresAtMs }),
    (error: unknown) => {
      given = undefined;
      const text = (error as Error).message;
      // The hint how to install it comes once.
      const message = isFirstFailure ? text : text.split('\n')[0]!;
      isFirstFailure = false;
      throw new ConnectionError(`getting credentials: ${message}`, new URL(base.server).host, false);
    },
  ));
  return {
    async connection() {
      const current = await (given ?? ask());
      return current.expiresAtMs < clock.now() ? (await ask()).connection : current.connection;
    },
    async refused(connection) {
      // Another request may have had it renewed by now.
      if ((await given)?.connection === connection) await ask();
    },
  };
}

function withCredentials(base: Connection, { token, clientCertificateData, clientKeyData }: PluginCredentials): Connection {
  return {
    ...base,
    auth: { ...base.auth, ...(token && { token }) },
    tls: clientCertificateData && clientKeyData ? { ...base.tls, cert: { data: clientCertificateData }, key: { data: clientKeyData } } : base.tls,
  };
}
