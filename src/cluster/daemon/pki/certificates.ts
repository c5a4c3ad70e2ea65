import 'reflect-metadata';
import { createPrivateKey, webcrypto, type KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

export const signatureAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const yearMs = 365 * 24 * 3600 * 1000;

/** A certificate and its key, both PEM. */
export interface CertifiedKey {
  cert: string;
  key: string;
}

export interface LeafRequest {
  commonName: string;
  /** The groups of a client (RFC 5280 O). */
  organizations?: string[];
  usage: 'server' | 'client';
  dnsNames?: string[];
  ipAddresses?: string[];
}

/** A self-signed authority, valid for ten years. */
export async function createAuthority(commonName: string, nowMs: number): Promise<CertifiedKey> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${commonName}`,
    ...validity(nowMs, 10 * yearMs),
    keys,
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(cert.toString('pem')), key: await privatePem(keys.privateKey) };
}

/** A leaf signed by the authority, valid for ten years: a laptop's cluster must not die of an expired certificate. */
export async function issue(authority: CertifiedKey, request: LeafRequest, nowMs: number): Promise<CertifiedKey> {
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(authority.cert);
  const names = [
    ...(request.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(request.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [...(request.organizations ?? []).map((o) => ({ O: [o] })), { CN: [request.commonName] }],
    issuer: issuer.subject,
    ...validity(nowMs, 10 * yearMs),
    publicKey: keys.publicKey,
    signingKey: await importKey(createPrivateKey(authority.key)),
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[request.usage === 'server' ? 'serverAuth' : 'clientAuth']]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(names.length ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return { cert: pem(cert.toString('pem')), key: await privatePem(keys.privateKey) };
}

const newKeys = () => webcrypto.subtle.generateKey(signatureAlgorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

export function importKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, signatureAlgorithm, false, ['sign']) as Promise<webcrypto.CryptoKey>;
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return String(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'sec1', format: 'pem' }));
}

export const pem = (text: string) => text.trimEnd() + '\n';

export function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  // A serial number is a positive integer (RFC 5280 4.1.2.2).
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

/** An hour of slack for clocks that differ between laptop and virtual machine. */
function validity(nowMs: number, durationMs: number) {
  return { notBefore: new Date(nowMs - 3600_000), notAfter: new Date(nowMs + durationMs) };
}
