import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';

export interface Verdict {
  /** What is printed behind the name. */
  readonly operation: string;
  readonly type: 'Approved' | 'Denied';
  readonly opposite: 'Approved' | 'Denied';
  readonly reason: string;
  readonly message: string;
}

export const verdicts: Readonly<Record<'approve' | 'deny', Verdict>> = {
  approve: { operation: 'approved', type: 'Approved', opposite: 'Denied', reason: 'KubectlApprove', message: 'This CSR was approved by kubectl certificate approve.' },
  deny: { operation: 'denied', type: 'Denied', opposite: 'Approved', reason: 'KubectlDeny', message: 'This CSR was denied by kubectl certificate deny.' },
};

/** The request with the verdict on it; `isNew` unless it was there. Throws when the opposite was said. */
export function judged(request: CertificateSigningRequest, { type, opposite, reason, message }: Verdict, now: string): { request: CertificateSigningRequest; isNew: boolean } {
  const conditions = request.status?.conditions ?? [];
  if (conditions.some((condition) => condition.type === opposite)) {
    throw new Error(`certificate signing request ${JSON.stringify(request.metadata.name)} is already ${opposite}`);
  }
  if (conditions.some((condition) => condition.type === type)) return { request, isNew: false };
  const added = { type, status: 'True', reason, message, lastUpdateTime: now, lastTransitionTime: null as unknown as string };
  return { request: { ...request, status: { ...request.status, conditions: [...conditions, added] } }, isNew: true };
}
