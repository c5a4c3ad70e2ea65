import type { FieldError } from '../../api/errors';
import type { MatchResources, NamedRuleWithOperations } from '../../api/generated/admissionregistration.v1';
import { invalidEach, nameIsPathSegment, validateLabelSelector, type Path } from '../../api/validation';
import { duplicates, each, oneOf } from '../validating';
import { validateRule } from './rules';

/** After SetDefaults_MatchResources and SetDefaults_Rule. */
export function defaultMatchResources(resources: MatchResources | undefined): void {
  if (!resources) return;
  resources.matchPolicy ??= 'Equivalent';
  resources.namespaceSelector ??= {};
  resources.objectSelector ??= {};
  for (const rule of [...resources.resourceRules ?? [], ...resources.excludeResourceRules ?? []]) rule.scope ??= '*';
}

const validateNamed = (rule: NamedRuleWithOperations, path: Path): FieldError[] => [
  ...each(rule.resourceNames, `${path}.resourceNames`, (name, at) => invalidEach(at, name, nameIsPathSegment(name, false))),
  ...duplicates(rule.resourceNames ?? [], (i) => `${path}.resourceNames[${i}]`),
  ...validateRule(rule, path),
];

/** After validateMatchResources, which calls the object selector `labelSelector`. */
export function validateMatchResources(resources: MatchResources | undefined, path: Path): FieldError[] {
  if (!resources) return [];
  return [
    ...oneOf(resources.matchPolicy, ['Equivalent', 'Exact'], `${path}.matchPolicy`),
    ...validateLabelSelector(resources.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(resources.objectSelector, `${path}.labelSelector`),
    ...each(resources.resourceRules, `${path}.resourceRules`, validateNamed),
    ...each(resources.excludeResourceRules, `${path}.excludeResourceRules`, validateNamed),
  ];
}
