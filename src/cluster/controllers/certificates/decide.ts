import { parseCertificateRequest } from '../../../api/x509';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../../api/generated/certificates.v1';
import { signers, validity } from './signers';

/** What a cluster's authority is to sign. */
export interface SigningRequest {
  /** PEM of the PKCS#10 request. */
  readonly request: string;
  /** As the certificates API names them: `client auth`. */
  readonly usages: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

export type Decision =
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'remove' }
  | { readonly type: 'fail'; readonly message: string }
  | { readonly type: 'sign'; readonly request: SigningRequest };

const hourMs = 3600_000;

/** How long requests are kept. Source: k8s.io/kubernetes/pkg/controller/certificates/cleaner. */
const keptMs = { pending: 24 * hourMs, settled: hourMs };

/** What the control plane does about a request now. */
export function decide(csr: CertificateSigningRequest, nowMs: number): Decision {
  const condition = (type: string) => csr.status?.conditions?.find((each) => each.type === type && each.status === 'True');
  const approved = condition('Approved');
  const failed = condition('Failed');
  const check = signers[csr.spec.signerName];
  if (approved && !failed && !csr.status?.certificate && check) return signing(csr, check, nowMs);
  const settled = condition('Denied') ?? failed ?? (csr.status?.certificate ? approved : undefined);
  const dueMs = settled ? since(settled, csr) + keptMs.settled : since(approved, csr) + keptMs.pending;
  if (nowMs < dueMs) return { type: 'wait', ms: dueMs - nowMs };
  // An approved request that nobody has signed waits for its signer for ever.
  return approved && !settled ? { type: 'wait', ms: keptMs.pending } : { type: 'remove' };
}

const since = (condition: CertificateSigningRequestCondition | undefined, { metadata }: CertificateSigningRequest) =>
  Date.parse(condition?.lastUpdateTime ?? metadata.creationTimestamp ?? '');

function signing({ spec }: CertificateSigningRequest, check: (typeof signers)[string], nowMs: number): Decision {
  const request = Buffer.from(spec.request, 'base64').toString();
  const usages = spec.usages ?? [];
  const why = problem(request, usages, check);
  return why ? { type: 'fail', message: why } : { type: 'sign', request: { request, usages, ...validity(spec, nowMs) } };
}

function problem(pem: string, usages: readonly string[], check: (typeof signers)[string]): string | undefined {
  try {
    const request = parseCertificateRequest(pem);
    return check(request, usages) ?? request.signatureError();
  } catch (error) {
    return `unable to parse csr: ${(error as Error).message}`;
  }
}
