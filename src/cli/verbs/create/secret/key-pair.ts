import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

interface Block {
  readonly label: string;
  readonly pem: string;
}

const blockPattern = /-----BEGIN ([^\n]*?)-----\r?\n[^]*?\r?\n-----END \1-----/g;

const blocksOf = (text: Buffer): Block[] => [...text.toString('latin1').matchAll(blockPattern)].map(([pem, label]) => ({ label: label!, pem }));
const isKey = ({ label }: Block) => label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY');

/** Throws unless the key is that of the first certificate, in the words of Go's tls.X509KeyPair. */
export function checkKeyPair(certText: Buffer, keyText: Buffer): void {
  const certificate = parseCertificate(certificateBlock(blocksOf(certText)));
  const key = parseKey(keyBlock(blocksOf(keyText)));
  if (certificate.publicKey.asymmetricKeyType !== key.asymmetricKeyType) throw new Error('tls: private key type does not match public key type');
  if (!certificate.checkPrivateKey(key)) throw new Error('tls: private key does not match public key');
}

function certificateBlock(blocks: readonly Block[]): Block {
  const found = blocks.find(({ label }) => label === 'CERTIFICATE');
  if (found) return found;
  if (!blocks.length) throw new Error('tls: failed to find any PEM data in certificate input');
  if (blocks.length === 1 && blocks[0]!.label.endsWith('PRIVATE KEY')) {
    throw new Error('tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched');
  }
  throw new Error(`tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: ${labels(blocks)}`);
}

function keyBlock(blocks: readonly Block[]): Block {
  const found = blocks.find(isKey);
  if (found) return found;
  if (!blocks.length) throw new Error('tls: failed to find any PEM data in key input');
  if (blocks.length === 1 && blocks[0]!.label === 'CERTIFICATE') throw new Error('tls: found a certificate rather than a key in the PEM for the private key');
  throw new Error(`tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: ${labels(blocks)}`);
}

/** As Go prints a slice. */
const labels = (blocks: readonly Block[]) => `[${blocks.map(({ label }) => label).join(' ')}]`;

function parseCertificate({ pem }: Block): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Error('x509: malformed certificate');
  }
}

function parseKey({ pem }: Block): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error('tls: failed to parse private key');
  }
}
