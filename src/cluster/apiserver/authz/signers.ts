import { forbidden, invalid } from '../../../api/errors';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import type { Unstructured } from '../../../api/meta';
import { forbiddenField } from '../../../api/validation';
import { certificateSigningRequests } from '../../../kinds/resources';
import { deepEqual } from '../../../api/equal';
import { parseCertificateRequest } from '../../../api/x509';
import type { UserInfo } from '../authn/user';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest } from '../registry/registry';
import type { Authorizer } from './authorizer';
import { superusers } from './built-in';

const asRequest = (object: Unstructured | undefined) => object as unknown as CertificateSigningRequest;

/**
 * Certificate signing requests are approved by those who may `approve` for their signer, and signed by those who may
 * `sign`. Source: k8s.io/kubernetes/plugin/pkg/admission/certificates.
 */
export const certificateRequests = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'CertificateRequests',
  operations: ['CREATE', 'UPDATE'],
  resources: [certificateSigningRequests],
  admit(request) {
    if (request.subresource === 'approval') approvalOnly(request);
  },
  validate(request) {
    if (request.operation === 'CREATE') restrictSubject(request);
    if (request.subresource === 'approval') approved(authorizer, request);
    if (request.subresource === 'status') signed(authorizer, request);
  },
});

function restrictSubject(request: AdmissionRequest): void {
  const csr = asRequest(request.object);
  if (csr.spec.signerName !== 'kubernetes.io/kube-apiserver-client') return;
  const organizations = organizationsOf(csr, (why) => forbiddenBy(request, `failed to parse CSR: ${why}`));
  if (organizations.includes(superusers)) throw forbiddenBy(request, `use of kubernetes.io/kube-apiserver-client signer with ${superusers} group is not allowed`);
}

function organizationsOf({ spec }: CertificateSigningRequest, refuse: (why: string) => Error): readonly string[] {
  try {
    return parseCertificateRequest(Buffer.from(spec.request, 'base64').toString()).organizations;
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

/** Changes the conditions and nothing else. */
function approvalOnly({ object, old }: AdmissionRequest): void {
  const csr = asRequest(object);
  csr.status = { ...asRequest(old).status, ...(csr.status?.conditions && { conditions: csr.status.conditions }) };
}

function approved(authorizer: Authorizer, { kind, name, old, context: { user } }: AdmissionRequest): void {
  const { signerName } = asRequest(old).spec;
  if (!maySign(authorizer, user, 'approve', signerName)) throw forbidden(kind, name, `user not permitted to approve requests with signerName ${JSON.stringify(signerName)}`);
}

function signed(authorizer: Authorizer, { kind, name, object, old, context: { user } }: AdmissionRequest): void {
  const [after, before] = [asRequest(object), asRequest(old)];
  const added = ['Approved', 'Denied'].filter((type) => count(after, type) > count(before, type));
  if (added.length) throw invalid(kind, name, added.map((type) => forbiddenField('status.conditions', `updates may not add a condition of type ${JSON.stringify(type)}`)));
  if (deepEqual([after.status?.certificate, after.status?.conditions], [before.status?.certificate, before.status?.conditions])) return;
  const { signerName } = before.spec;
  if (!maySign(authorizer, user, 'sign', signerName)) throw forbidden(kind, name, `user not permitted to sign requests with signerName ${JSON.stringify(signerName)}`);
}

const count = ({ status }: CertificateSigningRequest, type: string) => status?.conditions?.filter((condition) => condition.type === type).length ?? 0;

/** For this signer, or for all of its domain: `kubernetes.io/*`. */
const maySign = (authorizer: Authorizer, user: UserInfo, verb: 'approve' | 'sign', signerName: string): boolean =>
  [signerName, `${signerName.split('/')[0]}/*`].some((name) =>
    authorizer.authorize(user, { path: '', verb, resource: { group: 'certificates.k8s.io', version: '*', resource: 'signers', name } }).allowed);
