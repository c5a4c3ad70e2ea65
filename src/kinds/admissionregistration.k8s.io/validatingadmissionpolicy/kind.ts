import type { ValidatingAdmissionPolicy } from '../../../api/generated/admissionregistration.v1';
import type { Column, Kind, Strategy } from '../../kind';
import { age } from '../../printing';
import { defaultMatchResources } from '../match-resources';
import { validatePolicy, validatePolicyStatus } from './validation';

const strategy: Strategy<ValidatingAdmissionPolicy> = {
  setDefaults({ spec }) {
    spec.failurePolicy ??= 'Fail';
    defaultMatchResources(spec.matchConstraints);
  },
  prepareForCreate(policy) {
    delete policy.status;
  },
  validate: validatePolicy,
  validateStatusUpdate: ({ status }) => validatePolicyStatus(status ?? {}),
  allowUnconditionalUpdate: false,
};

const columns: readonly Column<ValidatingAdmissionPolicy>[] = [
  { name: 'Validations', type: 'integer', value: ({ spec }) => spec.validations?.length ?? 0 },
  { name: 'ParamKind', value: ({ spec: { paramKind: of } }) => (of ? (of.apiVersion ? `${of.apiVersion}/${of.kind}` : of.kind!) : '<unset>') },
  age,
];

export const validatingAdmissionPolicy: Kind<ValidatingAdmissionPolicy> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  singular: 'validatingadmissionpolicy',
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy',
  subresources: ['status'],
  strategy,
  columns,
};
