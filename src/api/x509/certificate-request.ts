import { createPublicKey, verify } from 'node:crypto';
import { childOf, children, oidOf, readDer, tags, textOf, type Der } from './der';

/** What a PKCS#10 certificate signing request asks for. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** Other parts of the subject's name. */
  subject(type: SubjectType): readonly string[];
  readonly dnsNames: readonly string[];
  readonly emailAddresses: readonly string[];
  /** `10.0.0.1`, `2001:db8::1` */
  readonly ipAddresses: readonly string[];
  readonly uris: readonly string[];
  /** `RSA`, `ECDSA`, `Ed25519` */
  readonly publicKeyAlgorithm: string;
  /** Undefined when the request is signed by the key that it is for; else why not. */
  signatureError(): string | undefined;
}

const subjectTypes = {
  serialNumber: '2.5.4.5', country: '2.5.4.6', locality: '2.5.4.7', province: '2.5.4.8', streetAddress: '2.5.4.9', organizationalUnit: '2.5.4.11', postalCode: '2.5.4.17',
};

export type SubjectType = keyof typeof subjectTypes;

const armour = /-----BEGIN ([^-]+)-----\s+([A-Za-z0-9+/=\s]+?)-----END \1-----/;
const oids = { commonName: '2.5.4.3', organization: '2.5.4.10', extensionRequest: '1.2.840.113549.1.9.14', subjectAltName: '2.5.29.17' };

/** Throws Error. Wording: ParseCSR in k8s.io/kubernetes/pkg/apis/certificates. */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const [, type, body] = armour.exec(pem) ?? [];
  if (type !== 'CERTIFICATE REQUEST') throw new Error('PEM block type must be CERTIFICATE REQUEST');
  const [info, algorithm, signature] = children(readDer(Buffer.from(body!, 'base64')));
  const [, subject, publicKey, attributes] = info ? children(info) : [];
  if (!info || !subject || !publicKey || !algorithm || signature?.tag !== tags.bitString) throw new Error('asn1: structure error: not a certificate request');
  const names = attributeValues(subject);
  const alternatives = attributes ? alternativeNames(attributes) : [];
  const named = (tag: number) => alternatives.filter((name) => name.tag === tag);
  return {
    commonName: names.get(oids.commonName)?.at(-1) ?? '',
    organizations: names.get(oids.organization) ?? [],
    subject: (type) => names.get(subjectTypes[type]) ?? [],
    emailAddresses: named(0x81).map(textOf),
    dnsNames: named(0x82).map(textOf),
    uris: named(0x86).map(textOf),
    ipAddresses: named(0x87).map(({ content }) => addressText(content)),
    publicKeyAlgorithm: keyAlgorithms[oidOf(childOf(childOf(publicKey, 0), 0))] ?? '0',
    signatureError: () => signatureError(info.whole, publicKey.whole, oidOf(childOf(algorithm, 0)), signature.content.subarray(1)),
  };
}

/** Every value of a distinguished name, by the OID of its type. */
function attributeValues(name: Der): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [type, value] of children(name).flatMap(children).map(children)) {
    if (type && value) values.set(oidOf(type), [...(values.get(oidOf(type)) ?? []), textOf(value)]);
  }
  return values;
}

function alternativeNames(attributes: Der): Der[] {
  const requested = children(attributes).map(children).find(([type]) => type && oidOf(type) === oids.extensionRequest)?.[1];
  const extensions = requested ? children(requested).flatMap(children).map(children) : [];
  const value = extensions.find(([type]) => type && oidOf(type) === oids.subjectAltName)?.at(-1);
  return value ? children(readDer(value.content)) : [];
}

function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':');
  // The URL standard's serialisation of IPv6 is that of RFC 5952.
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}

const keyAlgorithms: Readonly<Record<string, string>> = { '1.2.840.113549.1.1.1': 'RSA', '1.2.840.10045.2.1': 'ECDSA', '1.3.101.112': 'Ed25519' };

/** Digests by the OID of the signature algorithm, as far as Go's crypto/x509 trusts them. */
const digests: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256', '1.2.840.113549.1.1.12': 'sha384', '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
};

function signatureError(signed: Buffer, publicKey: Buffer, algorithm: string, signature: Buffer): string | undefined {
  const digest = digests[algorithm];
  if (digest === undefined) return 'x509: cannot verify signature: algorithm unimplemented';
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    return verify(digest, signed, key, signature) ? undefined : 'x509: signature does not match';
  } catch (error) {
    return `x509: ${(error as Error).message}`;
  }
}
