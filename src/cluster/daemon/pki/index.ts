import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignCertificate } from '../../controllers/certificates';
import type { CertifiedKey, LeafRequest } from './certificates';

export interface Pki {
  ca: CertifiedKey;
  apiServer: CertifiedKey;
  /** CN kubernetes-admin, O system:masters. */
  admin: CertifiedKey;
  /** Of the ingress, for hosts without a certificate of their own. */
  ingress: CertifiedKey;
  /** Signs who may tell other API servers for whom it asks. */
  frontProxyCa: CertifiedKey;
  /** CN front-proxy-client: the API server, as the front proxy of others. */
  frontProxyClient: CertifiedKey;
  /** PEM private key (P-256: made in a millisecond, where RSA takes a quarter of a second) that signs ServiceAccount tokens, ES256. */
  serviceAccountKey: string;
  /** CSV of `token,user,uid,"group,group"`: the file tokens.csv, where somebody has put one. */
  staticTokens?: string;
}

/** The one name that API servers behind this one trust to speak for others. */
export const frontProxyName = 'front-proxy-client';

const leaves: Record<'apiServer' | 'admin' | 'ingress' | 'frontProxyClient', { file: string; request: LeafRequest }> = {
  apiServer: {
    file: 'apiserver',
    request: {
      commonName: 'kube-apiserver',
      usage: 'server',
      dnsNames: ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local', 'host.docker.internal'],
      ipAddresses: ['127.0.0.1', '::1', '10.96.0.1'],
    },
  },
  admin: {
    file: 'admin',
    request: { commonName: 'kubernetes-admin', organizations: ['system:masters'], usage: 'client' },
  },
  ingress: { file: 'ingress', request: { commonName: 'knarr ingress', usage: 'server', dnsNames: ['localhost', '*.localhost'], ipAddresses: ['127.0.0.1', '::1'] } },
  frontProxyClient: { file: 'front-proxy-client', request: { commonName: frontProxyName, usage: 'client' } },
};

/** Loads the authority and its certificates from `dir`, making what is not there yet. Rejects with the failing path's error. */
export async function loadPki(dir: string, nowMs: number): Promise<Pki> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const authority = (file: string, name: string) => loadOr(dir, file, async () => (await signer()).createAuthority(name, nowMs));
  const [ca, frontProxyCa] = await Promise.all([authority('ca', 'knarr'), authority('front-proxy-ca', 'front-proxy-ca')]);
  const leaf = (by: CertifiedKey, { file, request }: { file: string; request: LeafRequest }) =>
    loadOr(dir, file, async () => (await signer()).issue(by, request, nowMs));
  const [apiServer, admin, ingress, frontProxyClient, serviceAccountKey, staticTokens] = await Promise.all([
    leaf(ca, leaves.apiServer), leaf(ca, leaves.admin), leaf(ca, leaves.ingress), leaf(frontProxyCa, leaves.frontProxyClient), loadTokenKey(dir), readOptional(join(dir, 'tokens.csv')),
  ]);
  return { ca, apiServer, admin, ingress, frontProxyCa, frontProxyClient, serviceAccountKey, ...(staticTokens && { staticTokens }) };
}

const signer = () => import('./certificates');

/** Signs with the authority; what that takes is loaded with the first request. */
export const certificateSigner = ({ ca }: Pki): SignCertificate => async (request) => (await import('./sign-request')).signRequest(ca, request);

async function loadOr(dir: string, name: string, make: () => Promise<CertifiedKey>): Promise<CertifiedKey> {
  const [certFile, keyFile] = [join(dir, `${name}.crt`), join(dir, `${name}.key`)];
  const [cert, key] = await Promise.all([readOptional(certFile), readOptional(keyFile)]);
  if (cert && key) return { cert, key };
  const made = await make();
  // The key first: a certificate on disk then always has its key beside it.
  await writeAtomic(keyFile, made.key, 0o600);
  await writeAtomic(certFile, made.cert, 0o644);
  return made;
}

async function loadTokenKey(dir: string): Promise<string> {
  const file = join(dir, 'sa.key');
  const existing = await readOptional(file);
  if (existing) return existing;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeAtomic(file, key, 0o600);
  return key;
}

async function readOptional(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function writeAtomic(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.new`;
  await writeFile(temporary, text, { mode });
  await rename(temporary, file);
}
