import type { CertificateSigningRequestSpec } from '../../../api/generated/certificates.v1';
import type { CertificateRequest } from '../../../api/x509';

type Usages = readonly string[];

/** Why a signer does not sign a request; undefined when it does. */
type Check = (request: CertificateRequest, usages: Usages) => string | undefined;

const withRsa = (purpose: string) => ['digital signature', 'key encipherment', purpose].sort();

/** Either with key encipherment, which only RSA keys need, or without. */
function usageError(usages: Usages, purpose: string): string | undefined {
  const given = [...new Set(usages)].sort().join();
  const fits = [withRsa(purpose), withRsa(purpose).filter((usage) => usage !== 'key encipherment')].some((wanted) => wanted.join() === given);
  return fits ? undefined : `usages did not match [${withRsa(purpose).join(' ')}]`;
}

const firstOf = (...checks: readonly [failed: boolean, why: string | undefined][]): string | undefined => checks.find(([failed]) => failed)?.[1];

const isNodes = ({ organizations }: CertificateRequest) => organizations.length === 1 && organizations[0] === 'system:nodes';

const errors = {
  organization: 'subject organization is not system:nodes',
  commonName: 'subject common name does not begin with system:node:',
};

/** The signers of a cluster. Source and wording: k8s.io/kubernetes/pkg/apis/certificates/helpers.go and signer.go. */
export const signers: Readonly<Record<string, Check>> = {
  'kubernetes.io/kube-apiserver-client': (_request, usages) => {
    const foreign = usages.find((usage) => !['digital signature', 'key encipherment', 'client auth'].includes(usage));
    if (foreign !== undefined) return `invalid usage for client certificate: ${foreign}`;
    return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth';
  },
  'kubernetes.io/kube-apiserver-client-kubelet': (request, usages) => firstOf(
    [!isNodes(request), errors.organization],
    [request.dnsNames.length > 0, 'DNS subjectAltNames are not allowed'],
    [request.emailAddresses.length > 0, 'Email subjectAltNames are not allowed'],
    [request.ipAddresses.length > 0, 'IP subjectAltNames are not allowed'],
    [request.uris.length > 0, 'URI subjectAltNames are not allowed'],
    [!request.commonName.startsWith('system:node:'), errors.commonName],
    [true, usageError(usages, 'client auth')],
  ),
  'kubernetes.io/kubelet-serving': (request, usages) => firstOf(
    [!isNodes(request), errors.organization],
    [!request.dnsNames.length && !request.ipAddresses.length, 'DNS or IP subjectAltName is required'],
    [request.emailAddresses.length > 0, 'Email subjectAltNames are not allowed'],
    [request.uris.length > 0, 'URI subjectAltNames are not allowed'],
    [usageError(usages, 'server auth') !== undefined, usageError(usages, 'server auth')],
    [!request.commonName.startsWith('system:node:'), errors.commonName],
  ),
  'kubernetes.io/legacy-unknown': () => undefined,
};

const defaultSeconds = 365 * 24 * 3600;
const minSeconds = 600;
/** Certificates begin in the past, for clocks that are behind; those that live long end as much earlier. */
const backdateSeconds = 300;
const shortSeconds = 8 * 3600;

/** Milliseconds since the epoch. Source: PermissiveSigningPolicy and signer.duration. */
export function validity({ expirationSeconds = defaultSeconds }: Pick<CertificateSigningRequestSpec, 'expirationSeconds'>, nowMs: number): { notBeforeMs: number; notAfterMs: number } {
  const seconds = Math.max(Math.min(expirationSeconds, defaultSeconds), minSeconds);
  const end = seconds < shortSeconds ? seconds : seconds - backdateSeconds;
  return { notBeforeMs: nowMs - backdateSeconds * 1000, notAfterMs: nowMs + end * 1000 };
}
