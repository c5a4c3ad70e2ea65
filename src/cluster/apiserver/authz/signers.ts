import { forbidden, invalid } from '../../../api/errors';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import type { Unstructured } from '../../../api/meta';
import { forbiddenField } from '../../../api/validation';
import { deepEqual } from '../../../api/equal';
import { parseCertificateRequest } from '../../../api/x509';
import type { UserInfo } from '../authn/user';
import type { AdmissionPlugin, AdmissionRequest } from '../registry/registry';
import type { Authorizer } from './authorizer';
import { superusers } from './built-in';

const asRequest = (object: Unstructured | undefined) => object as unknown as CertificateSigningRequest;
const isRequest = ({ kind: { group, plural } }: AdmissionRequest) => group === 'certificates.k8s.io' && plural === 'certificatesigningrequests';

/**
 * Certificate signing requests say who made them, are approved by those who may `approve` for their signer, and signed by
 * those who may `sign`. Source: k8s.io/kubernetes/plugin/pkg/admission/certificates and the request's create strategy.
 */
export const certificateRequests = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'CertificateRequests',
  operations: ['CREATE', 'UPDATE'],
  admit(request) {
    if (!isRequest(request)) return;
    if (request.operation === 'CREATE') created(request);
    if (request.subresource === 'approval') approved(authorizer, request);
    if (request.subresource === 'status') signed(authorizer, request);
  },
});

function created({ kind, name, object, context: { user } }: AdmissionRequest): void {
  const csr = asRequest(object);
  const { request, signerName, expirationSeconds, usages } = csr.spec;
  csr.spec = { request, signerName, ...(expirationSeconds !== undefined && { expirationSeconds }), ...(usages && { usages }), ...requester(user) };
  if (signerName !== 'kubernetes.io/kube-apiserver-client') return;
  const organizations = organizationsOf(csr, (why) => forbidden(kind, name, `failed to parse CSR: ${why}`));
  if (organizations.includes(superusers)) throw forbidden(kind, name, `use of kubernetes.io/kube-apiserver-client signer with ${superusers} group is not allowed`);
}

/** What the client says of this is not believed. */
const requester = ({ name, uid, groups, extra }: UserInfo) => ({
  username: name, ...(uid && { uid }), groups: [...groups],
  ...(extra && { extra: Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, [...values]])) }),
});

function organizationsOf({ spec }: CertificateSigningRequest, refuse: (why: string) => Error): readonly string[] {
  try {
    return parseCertificateRequest(Buffer.from(spec.request, 'base64').toString()).organizations;
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

/** Changes the conditions and nothing else. */
function approved(authorizer: Authorizer, { kind, name, object, old, context: { user } }: AdmissionRequest): void {
  const { signerName } = asRequest(old).spec;
  if (!maySign(authorizer, user, 'approve', signerName)) throw forbidden(kind, name, `user not permitted to approve requests with signerName ${JSON.stringify(signerName)}`);
  const csr = asRequest(object);
  csr.status = { ...asRequest(old).status, ...(csr.status?.conditions && { conditions: csr.status.conditions }) };
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
