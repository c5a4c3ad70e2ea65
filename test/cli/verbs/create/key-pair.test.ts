import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkKeyPair } from '../../../../src/cli/verbs/create/secret/key-pair';

const file = (name: string) => readFileSync(join(__dirname, '../../../parity/files', name));
const [certificate, key, other] = [file('tls.crt'), file('tls.key'), file('other.key')];
const text = Buffer.from('nothing\n');
const request = Buffer.from(certificate.toString().replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'));

test('a pair that fits', () => {
  expect(() => checkKeyPair(certificate, Buffer.concat([text, key]))).not.toThrow();
});

test.each([
  ['another key', certificate, other, 'tls: private key does not match public key'],
  ['the two the wrong way round', key, certificate, 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'],
  ['a certificate twice', certificate, certificate, 'tls: found a certificate rather than a key in the PEM for the private key'],
  ['no PEM for a certificate', text, key, 'tls: failed to find any PEM data in certificate input'],
  ['no PEM for a key', certificate, text, 'tls: failed to find any PEM data in key input'],
  ['another block', request, key, 'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [CERTIFICATE REQUEST]'],
])('%s is refused', (_, cert, of, message) => {
  expect(() => checkKeyPair(cert, of)).toThrow(message);
});
