import type { TLSSocket } from 'node:tls';
import { unauthorized } from '../../../api/errors';
import type { Incoming } from '../http/exchange';
import type { Authenticator } from './authenticator';
import type { UserInfo } from './user';

/** CN is the user, every O a group. The certificate is read once a connection. */
export function clientCertificates(): Authenticator {
  const known = new WeakMap<object, UserInfo | null>();
  return {
    authenticate(request) {
      const socket = tlsSocket(request);
      if (!socket) return undefined;
      let user = known.get(socket);
      if (user === undefined) known.set(socket, (user = userOf(socket) ?? null));
      return user ?? undefined;
    },
  };
}

/** Over HTTP/2 the socket of the session is a proxy; `in` does not see through it. */
function tlsSocket(request: Incoming): TLSSocket | undefined {
  const socket = 'stream' in request ? request.stream.session?.socket : request.socket;
  return socket && typeof (socket as TLSSocket).getPeerCertificate === 'function' ? (socket as TLSSocket) : undefined;
}

function userOf(socket: TLSSocket): UserInfo | undefined {
  const certificate = socket.getPeerCertificate();
  if (!certificate || !Object.keys(certificate).length) return undefined;
  if (!socket.authorized) throw unauthorized();
  const { CN, O = [] } = certificate.subject as unknown as { CN: string; O?: string | string[] };
  const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  return { name: CN, groups: [O].flat(), extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${fingerprint}`] } };
}
