import type { FieldError } from '../../../api/errors';
import type { ParamRef, ValidatingAdmissionPolicyBinding } from '../../../api/generated/admissionregistration.v1';
import {
  forbiddenField, invalidEach, invalidValue, nameIsDNSSubdomain, nameIsPathSegment, notSupported, required, validateLabelSelector, validateObjectMeta, type Path,
} from '../../../api/validation';
import { labelSelectorProtoText } from '../../../api/selectors';
import type { Column, Kind, Strategy } from '../../kind';
import { age } from '../../printing';
import { duplicates, each, oneOf, optional } from '../../validating';
import { defaultMatchResources, validateMatchResources } from '../match-resources';

const actions = ['Audit', 'Deny', 'Warn'];
const both = 'name and selector are mutually exclusive';

function validateParamRef({ name, selector, parameterNotFoundAction }: ParamRef, path: Path): FieldError[] {
  return [
    ...(name ? invalidEach(`${path}.name`, name, nameIsPathSegment(name, false)) : []),
    ...(name && selector ? [forbiddenField(`${path}.name`, both)] : []),
    ...(selector ? validateLabelSelector(selector, `${path}.selector`) : []),
    ...(name && selector ? [forbiddenField(`${path}.selector`, both)] : []),
    ...(name || selector ? [] : [required(path, 'one of name or selector must be specified')]),
    ...oneOf(parameterNotFoundAction, ['Allow', 'Deny'], `${path}.parameterNotFoundAction`),
  ];
}

function validateActions(given: readonly string[], path: Path): FieldError[] {
  const bothTell = given.includes('Deny') && given.includes('Warn');
  return [
    ...each(given, path, (action, at) => (actions.includes(action) ? [] : [notSupported(at, action, actions)])),
    ...duplicates(given, (i) => `${path}[${i}]`),
    ...(bothTell ? [invalidValue(path, given, 'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)')] : []),
    ...(given.length ? [] : [required(path, 'at least one validation action is required')]),
  ];
}

/** After ValidateValidatingAdmissionPolicyBinding, whose path `matchResouces` clients see. */
const strategy: Strategy<ValidatingAdmissionPolicyBinding> = {
  setDefaults: ({ spec }) => defaultMatchResources(spec.matchResources),
  validate: ({ metadata, spec: { policyName, paramRef, matchResources, validationActions } }) => [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...(policyName ? invalidEach('spec.policyName', policyName, nameIsDNSSubdomain(policyName, false)) : [required('spec.policyName')]),
    ...optional(paramRef, 'spec.paramRef', validateParamRef),
    ...validateMatchResources(matchResources, 'spec.matchResouces'),
    ...validateActions(validationActions ?? [], 'spec.validationActions'),
  ],
  allowUnconditionalUpdate: false,
};

function paramRefText({ name, namespace, selector }: ParamRef): string {
  if (name) return namespace ? `${namespace}/${name}` : `*/${name}`;
  return selector ? labelSelectorProtoText(selector) : '<unset>';
}

const columns: readonly Column<ValidatingAdmissionPolicyBinding>[] = [
  { name: 'PolicyName', value: ({ spec }) => spec.policyName ?? '' },
  { name: 'ParamRef', value: ({ spec: { paramRef } }) => (paramRef ? paramRefText(paramRef) : '<unset>') },
  age,
];

export const validatingAdmissionPolicyBinding: Kind<ValidatingAdmissionPolicyBinding> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  singular: 'validatingadmissionpolicybinding',
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding',
  strategy,
  columns,
};
