import { checkServerIdentity, type PeerCertificate } from 'node:tls';

interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  /** Of an attempt on all addresses of a name. */
  readonly errors?: readonly SystemError[];
}

/** What Go's net package says of a connection that was not made. */
const dialReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect: connection refused', EHOSTUNREACH: 'connect: no route to host', ENETUNREACH: 'connect: network is unreachable',
  ETIMEDOUT: 'i/o timeout', EACCES: 'connect: permission denied',
};

/** `address`: `10.96.0.1:443`, as the caller knows it; where the connection really went does not matter to him. */
export function dialError(error: SystemError, address: string): Error {
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return new Error(`dial tcp: lookup ${error.hostname ?? address.replace(/:\d+$/, '')}: no such host`);
  const reason = dialReasons[error.code ?? ''] ?? /connect: .*$/.exec(error.message)?.[0] ?? error.message;
  return new Error(`dial tcp ${address}: ${reason}`);
}

const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const plainAnswer = 'http: server gave HTTP response to HTTPS client';

/** What Go's net/http says of a request that got no answer. */
const transportReasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority, SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority, UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority, UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority, CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  ERR_SSL_WRONG_VERSION_NUMBER: plainAnswer, ERR_SSL_PACKET_LENGTH_TOO_LONG: plainAnswer, EPROTO: plainAnswer,
  ECONNRESET: 'EOF',
};

export function goReason(error: SystemError): string {
  const { errors, code, syscall, address, port, message } = error;
  if (errors?.length) return goReason(errors[0]!);
  if (syscall === 'connect' || syscall === 'getaddrinfo') return dialError(error, `${address}:${port}`).message;
  return transportReasons[code ?? ''] ?? message;
}

/** As Go verifies names: the subject's common name does not count. */
export function verifyName(host: string, certificate: PeerCertificate): Error | undefined {
  const names = certificate.subjectaltname;
  if (!names) return new Error('tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead');
  if (!checkServerIdentity(host, certificate)) return undefined;
  const valid = names.split(', ').filter((name) => name.startsWith('DNS:')).map((name) => name.slice('DNS:'.length)).join(', ');
  return new Error(`tls: failed to verify certificate: x509: certificate is ${valid ? `valid for ${valid}` : 'not valid for any names'}, ${valid ? 'not' : 'but wanted to match'} ${host}`);
}
