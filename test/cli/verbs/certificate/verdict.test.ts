import { judged, verdicts } from '../../../../src/cli/verbs/certificate/verdict';
import type { CertificateSigningRequest } from '../../../../src/api/generated/certificates.v1';

const request = (...types: string[]) => ({ metadata: { name: 'r' }, status: { conditions: types.map((type) => ({ type, status: 'True' })) } }) as unknown as CertificateSigningRequest;

test('it was said before: do nothing', () => {
  expect(judged(request('Approved'), verdicts.approve, 'now').isNew).toBe(false);
});

test('a verdict is added to what is there', () => {
  const { request: after, isNew } = judged(request('Failed'), verdicts.deny, 'now');
  expect(isNew).toBe(true);
  expect(after.status?.conditions?.map(({ type, reason, lastUpdateTime }) => [type, reason, lastUpdateTime])).toEqual([['Failed', undefined, undefined], ['Denied', 'KubectlDeny', 'now']]);
});

test('the opposite was said', () => {
  expect(() => judged(request('Approved'), verdicts.deny, 'now')).toThrow('certificate signing request "r" is already Approved');
});
