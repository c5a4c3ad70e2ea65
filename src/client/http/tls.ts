import { existsSync, readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Connection, Pem } from '../connection';
import { withoutSystemAuthorities } from './system-authorities';

export interface TlsOptions {
  ca?: string[];
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized: boolean;
}

/** The same with the certificates already read into a context. */
export interface SecureOptions {
  secureContext: SecureContext;
  servername?: string;
  rejectUnauthorized: boolean;
}

/** Where distributions keep their authorities, after Go's crypto/x509 root_linux. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem',
];

/** Throws the file's own error (ENOENT, …) when a certificate that is named cannot be read. */
export function tlsOptions({ tls }: Connection): TlsOptions {
  return {
    rejectUnauthorized: !tls.insecure,
    ca: tls.ca ? [readPem(tls.ca)] : systemAuthorities(),
    ...(tls.cert && { cert: readPem(tls.cert) }),
    ...(tls.key && { key: readPem(tls.key) }),
    ...(tls.serverName && { servername: tls.serverName }),
  };
}

export function secureOptions(connection: Connection): SecureOptions {
  const { ca, cert, key, ...rest } = tlsOptions(connection);
  return { ...rest, secureContext: withoutSystemAuthorities(() => createSecureContext({ ca, cert, key })) };
}

export function readPem(pem: Pem): string {
  return 'data' in pem ? pem.data : readFileSync(pem.file, 'utf8');
}

/** Named always, because node is started with --use-openssl-ca and would otherwise know none. */
function systemAuthorities(): string[] {
  const bundle = systemBundles.find((file) => existsSync(file));
  return bundle ? [readFileSync(bundle, 'utf8')] : [...rootCertificates];
}
