import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';

/** `Approved,Issued`. Source: extractCSRStatus in k8s.io/kubernetes/pkg/printers/internalversion. */
export function statusText({ status }: CertificateSigningRequest): string {
  const has = (type: string) => status?.conditions?.some((condition) => condition.type === type) ?? false;
  const verdict = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${verdict}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}
