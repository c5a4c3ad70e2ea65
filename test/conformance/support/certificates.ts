import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];

/** A request for a certificate, and its key. `subject`: `/O=group/CN=name`. */
export function certificateRequest(subject: string, ...dnsNames: string[]): { request: string; key: string } {
  return withOpenssl((openssl, read) => {
    openssl('req', '-new', ...newKey, '-subj', subject, ...alternatives(dnsNames), '-out', 'request.pem');
    return { request: read('request.pem'), key: read('key.pem') };
  });
}

/** A certificate that signed itself. */
export function selfSigned(subject: string, ...dnsNames: string[]): Pair {
  return withOpenssl((openssl, read) => {
    openssl('req', '-x509', ...newKey, '-days', '2', '-subj', subject, ...alternatives(dnsNames), '-out', 'cert.pem');
    return { cert: read('cert.pem'), key: read('key.pem') };
  });
}

const alternatives = (names: readonly string[]) => (names.length ? ['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`] : []);

function withOpenssl<T>(use: (openssl: (...args: string[]) => void, read: (file: string) => string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-row-'));
  try {
    return use((...args) => void execFileSync('openssl', args, { stdio: 'pipe', cwd: directory }), (file) => readFileSync(join(directory, file), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
