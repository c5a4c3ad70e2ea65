import { X509Certificate } from 'node:crypto';
import type { FieldError } from '../../../api/errors';
import type { ClusterTrustBundle } from '../../../api/generated/certificates.v1beta1';
import { immutable, invalidValue, nameIsDNSSubdomain, validateObjectMeta, type NameRule } from '../../../api/validation';
import { validateSignerName } from '../signer-name';

/** The name of a bundle that a signer owns starts with the signer's: `example.com:mysigner:name`. */
const nameRule = (signer: string | undefined): NameRule => (name, prefix) => {
  if (!signer) return name.includes(':') ? ['ClusterTrustBundle without signer name must not have ":" in its name'] : nameIsDNSSubdomain(name, prefix);
  const start = `${signer.replaceAll('/', ':')}:`;
  return name.startsWith(start) ? nameIsDNSSubdomain(name.slice(start.length), prefix) : [`ClusterTrustBundle for signerName ${signer} must be named with prefix ${start}`];
};

const block = /-----BEGIN ([^-\n]+)-----\r?\n([^-]*)-----END \1-----/g;

/** What is wrong with one block of PEM. */
function blockProblem(pem: string, type: string, content: string): string | undefined {
  if (type !== 'CERTIFICATE') return `has bad block type: ${type}`;
  if (content.includes(':')) return 'has PEM block headers';
  try {
    return new X509Certificate(pem).ca ? undefined : 'does not have the CA bit set';
  } catch {
    return 'does not parse as X.509';
  }
}

function validateAnchors(bundle: string): FieldError[] {
  const refuse = (why: string) => invalidValue('spec.trustBundle', '<value omitted>', why);
  const blocks = [...bundle.matchAll(block)];
  const wrong = blocks.flatMap(([pem, type = '', content = ''], i) => {
    const problem = blockProblem(pem, type, content);
    return problem === undefined ? [] : [refuse(`entry ${i} ${problem}`)];
  });
  if (wrong.length) return wrong;
  if (!blocks.length) return [refuse('at least one trust anchor must be provided')];
  const anchors = blocks.map(([, , content = '']) => content.replace(/\s/g, ''));
  const repeated = [...new Set(anchors)].map((anchor) => anchors.flatMap((other, i) => (other === anchor ? [i] : []))).filter(({ length }) => length > 1);
  return repeated.map((positions) => refuse(`duplicate trust anchor (indices [${positions.join(' ')}])`));
}

/** After ValidateClusterTrustBundle: a bundle that an update leaves alone is not read again. */
export const validateBundle = ({ metadata, spec }: ClusterTrustBundle, old?: ClusterTrustBundle): FieldError[] => [
  ...validateObjectMeta(metadata, false, nameRule(spec.signerName)),
  ...(spec.signerName ? validateSignerName(spec.signerName, 'spec.signerName') : []),
  ...(old?.spec.trustBundle === spec.trustBundle ? [] : validateAnchors(spec.trustBundle ?? '')),
];

export const validateBundleUpdate = ({ spec }: ClusterTrustBundle, old: ClusterTrustBundle): FieldError[] => immutable('spec.signerName', spec.signerName ?? '', old.spec.signerName ?? '');
