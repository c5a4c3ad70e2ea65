import type { CertificateSigningRequest } from '../../../src/api/generated/certificates.v1';
import { decide } from '../../../src/cluster/controllers/certificates/decide';
import { validity } from '../../../src/cluster/controllers/certificates/signers';

const hour = 3600_000;
const start = Date.parse('2026-01-31T12:00:00Z');
const csr = (conditions: string[], more: { certificate?: string; signerName?: string; request?: string } = {}) => ({
  metadata: { name: 'x', creationTimestamp: '2026-01-31T12:00:00Z' },
  spec: { request: more.request ?? '', signerName: more.signerName ?? 'example.com/other', usages: ['client auth'] },
  status: { ...(more.certificate && { certificate: more.certificate }), conditions: conditions.map((type) => ({ type, status: 'True', lastUpdateTime: '2026-01-31T12:00:00Z' })) },
}) as CertificateSigningRequest;

test.each<[string, CertificateSigningRequest, number, object]>([
  ['pending: wait', csr([]), 0, { type: 'wait', ms: 24 * hour }],
  ['pending for a day: remove', csr([]), 24 * hour, { type: 'remove' }],
  ['denied for an hour: remove', csr(['Denied']), hour, { type: 'remove' }],
  ['failed: keep for an hour', csr(['Approved', 'Failed']), hour / 2, { type: 'wait', ms: hour / 2 }],
  ['issued for an hour: remove', csr(['Approved'], { certificate: 'x' }), hour, { type: 'remove' }],
  ['approved, but signed elsewhere: keep', csr(['Approved']), 48 * hour, { type: 'wait', ms: 24 * hour }],
  ['unreadable: fail', csr(['Approved'], { signerName: 'kubernetes.io/kube-apiserver-client' }), 0, { type: 'fail', message: 'unable to parse csr: PEM block type must be CERTIFICATE REQUEST' }],
])('%s', (_name, request, afterMs, decision) => expect(decide(request, start + afterMs)).toEqual(decision));

test.each([
  [undefined, 365 * 24 * 3600 - 300], [60, 600], [3600, 3600], [10 * 3600, 10 * 3600 - 300], [10 * 365 * 24 * 3600, 365 * 24 * 3600 - 300],
])('%s seconds wanted, %s given', (expirationSeconds, seconds) => {
  const { notBeforeMs, notAfterMs } = validity(expirationSeconds === undefined ? {} : { expirationSeconds }, start);
  expect([notBeforeMs - start, (notAfterMs - start) / 1000]).toEqual([-300_000, seconds]);
});
