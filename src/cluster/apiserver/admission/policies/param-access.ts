import { deepEqual } from '../../../../api/equal';
import { invalid } from '../../../../api/errors';
import type { ParamKind, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../../../api/generated/admissionregistration.v1';
import { parseGroupVersion } from '../../../../api/meta';
import { forbiddenField } from '../../../../api/validation';
import type { UserInfo } from '../../authn/user';
import type { Authorizer } from '../../authz/authorizer';
import { superusers } from '../../authz/built-in';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../../registry/registry';

const group = 'admissionregistration.k8s.io';

/** Nobody lets a policy read parameters that they may not read themselves. Source: pkg/registry/admissionregistration/*\/authz.go. */
export const policyParamAccess = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'ValidatingAdmissionPolicyParamAccess',
  operations: ['CREATE', 'UPDATE'],
  validate(request, registry) {
    const { kind, object, subresource, context: { user } } = request;
    if (kind.group !== group || !object || subresource || user.groups.includes(superusers)) return;
    checks[kind.kind]?.(authorizer, registry, request);
  },
});

type Check = (authorizer: Authorizer, registry: Registry, request: AdmissionRequest) => void;

const checks: Readonly<Record<string, Check>> = { ValidatingAdmissionPolicy: checkPolicy, ValidatingAdmissionPolicyBinding: checkBinding };

function checkPolicy(authorizer: Authorizer, registry: Registry, { kind, name, object, old, context: { user } }: AdmissionRequest): void {
  const [paramKind, before] = [object, old].map((one) => (one as unknown as ValidatingAdmissionPolicy | undefined)?.spec.paramKind);
  if (!paramKind || deepEqual(paramKind, before)) return;
  const resource = { ...resourceOf(registry, paramKind), namespace: '*', name: '*' };
  if (authorizer.authorize(user, { verb: 'get', path: '', resource }).allowed) return;
  const why = `user ${userText(user)} must have "get" permission on all objects of the referenced paramKind (kind=${paramKind.kind}, apiVersion=${paramKind.apiVersion})`;
  throw invalid(kind, name, [forbiddenField('spec.paramKind', why)]);
}

function checkBinding(authorizer: Authorizer, registry: Registry, { kind, name, object, old, context: { user } }: AdmissionRequest): void {
  const { spec } = object as unknown as ValidatingAdmissionPolicyBinding;
  const before = (old as unknown as ValidatingAdmissionPolicyBinding | undefined)?.spec;
  if (!spec.paramRef || (deepEqual(spec.paramRef, before?.paramRef) && spec.policyName === before?.policyName)) return;
  const policy = registry.store.get(`${group}/validatingadmissionpolicies/${spec.policyName}`)?.object as unknown as ValidatingAdmissionPolicy | undefined;
  const { name: paramName, namespace } = spec.paramRef;
  const verb = paramName ? 'get' : 'list';
  const resource = { ...resourceOf(registry, policy?.spec.paramKind), ...(namespace && { namespace }), ...(paramName && { name: paramName }) };
  if (authorizer.authorize(user, { verb, path: '', resource }).allowed) return;
  // The two are in this order in upstream's message.
  throw invalid(kind, name, [forbiddenField('spec.paramRef', `user ${verb} does not have "${userText(user)}" permission on the object referenced by paramRef`)]);
}

/** Everything, where it cannot be told what is referred to. */
function resourceOf({ kinds }: Registry, paramKind: ParamKind | undefined): { group: string; version: string; resource: string } {
  if (!paramKind) return { group: '*', version: '*', resource: '*' };
  const gv = parseGroupVersion(paramKind.apiVersion ?? '');
  const found = kinds.all().find((one) => one.group === gv.group && one.version === gv.version && one.kind === paramKind.kind);
  return { ...gv, resource: found?.plural ?? '*' };
}

/** As Go prints a pointer to user.DefaultInfo. */
const userText = ({ name, uid = '', groups, extra = {} }: UserInfo) =>
  `&{${name} ${uid} [${groups.join(' ')}] map[${Object.entries(extra).map(([key, values]) => `${key}:[${values.join(' ')}]`).sort().join(' ')}]}`;
