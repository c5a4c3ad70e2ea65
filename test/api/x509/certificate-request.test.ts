import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificateRequest } from '../../../src/api/x509';

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'knarr-x509-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const request = (algorithm: string[], subject: string, more: string[] = []) =>
  execFileSync('openssl', ['req', '-new', '-newkey', ...algorithm, '-nodes', '-keyout', join(directory, 'key.pem'), '-subj', subject, ...more], { stdio: 'pipe' }).toString();

test.each([
  ['RSA', ['rsa:2048']],
  ['ECDSA', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ['Ed25519', ['ed25519']],
])('a request with an %s key: its subject, its names, its signature', (name, algorithm) => {
  const names = 'subjectAltName=DNS:a.example,DNS:b.example,IP:10.0.0.1,IP:2001:db8::1,email:a@example.com,URI:spiffe://x/y';
  const parsed = parseCertificateRequest(request(algorithm, '/O=system:nodes/O=others/CN=system:node:n1', ['-addext', names]));
  expect(parsed).toMatchObject({
    commonName: 'system:node:n1', organizations: ['system:nodes', 'others'], dnsNames: ['a.example', 'b.example'], ipAddresses: ['10.0.0.1', '2001:db8::1'],
    emailAddresses: ['a@example.com'], uris: ['spiffe://x/y'], publicKeyAlgorithm: name,
  });
  expect(parsed.signatureError()).toBeUndefined();
});

test('a subject in any alphabet, no names', () => {
  const parsed = parseCertificateRequest(request(['rsa:2048'], '/CN=Jäne 船', ['-utf8']));
  expect([parsed.commonName, parsed.organizations, parsed.dnsNames]).toEqual(['Jäne 船', [], []]);
});

test('a request that was altered is not signed by its key', () => {
  const pem = request(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], '/CN=jane');
  const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  der[der.indexOf('jane')] = 'J'.charCodeAt(0);
  const altered = parseCertificateRequest(`-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`);
  expect([altered.commonName, altered.signatureError()]).toEqual(['Jane', 'x509: signature does not match']);
});

test.each([
  ['', 'PEM block type must be CERTIFICATE REQUEST'],
  ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'PEM block type must be CERTIFICATE REQUEST'],
  ['-----BEGIN CERTIFICATE REQUEST-----\nMAUB\n-----END CERTIFICATE REQUEST-----\n', 'asn1: syntax error: data truncated'],
  ['-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n', 'asn1: structure error: not a certificate request'],
])('%j is none', (pem, message) => expect(() => parseCertificateRequest(pem)).toThrow(message));
