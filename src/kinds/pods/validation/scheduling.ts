import type { FieldError } from '../../../api/errors';
import type {
  Affinity, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodAffinity, PodAffinityTerm, PodSchedulingGate, Toleration,
  TopologySpreadConstraint,
} from '../../../api/generated/core.v1';
import {
  duplicate, forbiddenField, invalidEach, invalidValue, isDNS1123Label, isDNS1123Subdomain, isLabelValue, isQualifiedName, notSupported, required,
  validateLabelName, validateLabelSelector, type Path,
} from '../../../api/validation';
import { duplicates, each, optional, type Check } from '../../validating';

const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateTolerationValue(toleration: Toleration, path: Path): FieldError[] {
  const { value = '' } = toleration;
  const operator: string = toleration.operator ?? '';
  if (operator === 'Exists') return value ? [invalidValue(path, toleration, "value must be empty when `operator` is 'Exists'")] : [];
  if (operator && operator !== 'Equal') return [notSupported(path, operator, ['Equal', 'Exists'])];
  const messages = isLabelValue(value);
  return messages.length > 0 ? [invalidValue(path, value, messages.join(';'))] : [];
}

const validateToleration: Check<Toleration> = (toleration, path) => {
  const { key, operator = '', effect = '', tolerationSeconds } = toleration;
  return [
    ...(key ? validateLabelName(key, `${path}.key`) : []),
    ...(!key && operator !== 'Exists'
      ? [invalidValue(`${path}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"')] : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [invalidValue(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")] : []),
    ...validateTolerationValue(toleration, `${path}.operator`),
    ...(effect && !taintEffects.includes(effect) ? [notSupported(`${path}.effect`, effect, taintEffects)] : []),
  ];
};

export const validateTolerations = (tolerations: Toleration[] | undefined, path: Path) => each(tolerations, path, validateToleration);

function validateNodeValues({ operator, values = [] }: NodeSelectorRequirement, path: Path): FieldError[] {
  const at = `${path}.values`;
  switch (operator as string) {
    case 'In': case 'NotIn':
      return values.length > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists': case 'DoesNotExist':
      return values.length === 0 ? [] : [forbiddenField(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt': case 'Lt':
      return values.length === 1 ? [] : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalidValue(`${path}.operator`, operator ?? '', 'not a valid selector operator')];
  }
}

const validateNodeLabels: Check<NodeSelectorRequirement> = (requirement, path) => [
  ...validateNodeValues(requirement, path),
  ...validateLabelName(requirement.key, `${path}.key`),
];

const validateNodeFields: Check<NodeSelectorRequirement> = ({ key, operator, values = [] }, path) => [
  ...(['In', 'NotIn'].includes(operator)
    ? values.length === 1 ? [] : [required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")]
    : [invalidValue(`${path}.operator`, operator, 'not a valid selector operator')]),
  ...(key === 'metadata.name' ? each(values, `${path}.values`, (name, at) => invalidEach(at, name, isDNS1123Subdomain(name)))
    : [invalidValue(`${path}.key`, key, 'not a valid field selector key')]),
];

const validateNodeTerm: Check<NodeSelectorTerm> = ({ matchExpressions, matchFields }, path) => [
  ...each(matchExpressions, `${path}.matchExpressions`, validateNodeLabels),
  ...each(matchFields, `${path}.matchFields`, validateNodeFields),
];

const validateWeight = (weight: number, path: Path) => weight > 0 && weight <= 100 ? [] : [invalidValue(path, weight, 'must be in the range 1-100')];

const mustHold = 'requiredDuringSchedulingIgnoredDuringExecution';
const shouldHold = 'preferredDuringSchedulingIgnoredDuringExecution';

export const validateNodeSelector: Check<NodeSelector> = ({ nodeSelectorTerms }, path) => nodeSelectorTerms?.length
  ? each(nodeSelectorTerms, `${path}.nodeSelectorTerms`, validateNodeTerm)
  : [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];

const validateNodeAffinity: Check<NodeAffinity> = (affinity, path) => [
  ...optional(affinity[mustHold], `${path}.${mustHold}`, validateNodeSelector),
  ...each(affinity[shouldHold], `${path}.${shouldHold}`, ({ weight, preference }, at) => [
    ...validateWeight(weight, `${at}.weight`), ...validateNodeTerm(preference, `${at}.preference`),
  ]),
];

const validatePodTerm: Check<PodAffinityTerm> = ({ labelSelector, namespaceSelector, namespaces, topologyKey = '' }, path) => [
  ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
  ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
  ...(namespaces ?? []).flatMap((name) => invalidEach(`${path}.namespace`, name, isDNS1123Label(name))),
  ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
  ...validateLabelName(topologyKey, `${path}.topologyKey`),
];

const validatePodAffinity: Check<PodAffinity> = (affinity, path) => [
  ...each(affinity[mustHold], `${path}.${mustHold}`, validatePodTerm),
  ...each(affinity[shouldHold], `${path}.${shouldHold}`, ({ weight, podAffinityTerm }, at) => [
    ...validateWeight(weight, `${at}.weight`), ...validatePodTerm(podAffinityTerm, `${at}.podAffinityTerm`),
  ]),
];

export const validateAffinity: Check<Affinity> = ({ nodeAffinity, podAffinity, podAntiAffinity }, path) => [
  ...optional(nodeAffinity, `${path}.nodeAffinity`, validateNodeAffinity),
  ...optional(podAffinity, `${path}.podAffinity`, validatePodAffinity),
  ...optional(podAntiAffinity, `${path}.podAntiAffinity`, validatePodAffinity),
];

const unsatisfiable = ['DoNotSchedule', 'ScheduleAnyway'];
const inclusion = ['Honor', 'Ignore'];

const validateInclusion: Check<string> = (policy, path) => inclusion.includes(policy) ? [] : [notSupported(path, policy, inclusion)];

const validateSpread: Check<TopologySpreadConstraint> = (constraint, path) => {
  const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint;
  return [
    ...(maxSkew > 0 ? [] : [invalidValue(`${path}.maxSkew`, maxSkew, 'must be greater than zero')]),
    ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...(unsatisfiable.includes(whenUnsatisfiable) ? [] : [notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, unsatisfiable)]),
    ...(minDomains !== undefined && minDomains <= 0 ? [invalidValue(`${path}.minDomains`, minDomains, 'must be greater than zero')] : []),
    ...(minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule'
      ? [invalidValue(`${path}.minDomains`, minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`)] : []),
    ...optional(constraint.nodeAffinityPolicy, `${path}.nodeAffinityPolicy`, validateInclusion),
    ...optional(constraint.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`, validateInclusion),
    ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
  ];
};

export function validateSpreads(constraints: TopologySpreadConstraint[] | undefined, path: Path): FieldError[] {
  const pairs = (constraints ?? []).map(({ topologyKey, whenUnsatisfiable }) => `{${topologyKey}, ${whenUnsatisfiable}}`);
  return [
    ...each(constraints, path, validateSpread),
    ...pairs.flatMap((pair, i) => pairs.indexOf(pair, i + 1) > i ? [duplicate(`${path}[${i}].{topologyKey, whenUnsatisfiable}`, pair)] : []),
  ];
}

export function validateGates(gates: PodSchedulingGate[] | undefined, path: Path): FieldError[] {
  return [
    ...each(gates, path, ({ name }, at) => invalidEach(at, name, isQualifiedName(name))),
    ...duplicates((gates ?? []).map(({ name }) => name), (i) => `${path}[${i}]`),
  ];
}
