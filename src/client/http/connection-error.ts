/**
 * No answer came from the server. `message` says why in the words of Go's net packages, which kubectl prints; `host`
 * is the server's host and port. Test by `name`, not instanceof.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** The message with the request before it, where that is known: how Go words it within another error. */
  readonly whole: string;

  constructor(message: string, readonly host: string, readonly refused: boolean, { request = '', ...options }: ErrorOptions & { request?: string } = {}) {
    super(message, options);
    this.whole = request ? `${request}: ${message}` : message;
  }
}

type Failure = NodeJS.ErrnoException & { hostname?: string; address?: string; port?: number; cert?: { subjectaltname?: string }; errors?: Failure[] };

const unknownAuthority = () => 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

const texts: Record<string, (failure: Failure, host: string) => string> = {
  ECONNREFUSED: (failure, host) => `dial tcp ${address(failure, host)}: connect: connection refused`,
  ECONNRESET: (_failure, host) => `read tcp ${host}: read: connection reset by peer`,
  EHOSTUNREACH: (failure, host) => `dial tcp ${address(failure, host)}: connect: no route to host`,
  ENETUNREACH: (failure, host) => `dial tcp ${address(failure, host)}: connect: network is unreachable`,
  ETIMEDOUT: (failure, host) => `dial tcp ${address(failure, host)}: i/o timeout`,
  UND_ERR_CONNECT_TIMEOUT: (failure, host) => `dial tcp ${address(failure, host)}: i/o timeout`,
  ENOTFOUND: (failure, host) => `dial tcp: lookup ${failure.hostname ?? hostOnly(host)}: no such host`,
  EAI_AGAIN: (failure, host) => `dial tcp: lookup ${failure.hostname ?? hostOnly(host)}: Temporary failure in name resolution`,
  UND_ERR_SOCKET: () => 'EOF',
  UND_ERR_HEADERS_TIMEOUT: () => 'net/http: timeout awaiting response headers',
  EPROTO: (failure) => (/wrong version number|packet length/.test(failure.message) ? 'http: server gave HTTP response to HTTPS client' : `tls: ${failure.message}`),
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: () => 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: () => 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: (failure, host) =>
    `tls: failed to verify certificate: x509: certificate is valid for ${altNames(failure)}, not ${hostOnly(host)}`,
};

const hostOnly = (host: string) => host.replace(/:\d+$/, '');
const address = (failure: Failure, host: string) => (failure.address && failure.port ? `${failure.address}:${failure.port}` : host);
const altNames = (failure: Failure) => (failure.cert?.subjectaltname ?? '').replace(/(?:DNS|IP Address):/g, '');

/** What a failed connection to `server` means. */
/** `request`: as Go's url.Error names it, `Get "https://…"`. */
export function connectionError(error: unknown, server: string, request = ''): ConnectionError {
  const failure = root(error as Failure);
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const text = texts[failure.code ?? '']?.(failure, host) ?? failure.message;
  return new ConnectionError(text, host, failure.code === 'ECONNREFUSED', { cause: error, request });
}

/** Of the attempts at several addresses the first one tells most. */
function root(failure: Failure): Failure {
  const inner = failure.errors?.[0] ?? (failure.code ? undefined : (failure.cause as Failure | undefined));
  return inner ? root(inner) : failure;
}

export function isConnectionError(error: unknown): error is ConnectionError {
  return error instanceof Error && error.name === 'ConnectionError';
}
