import type { FieldError } from '../../api/errors';
import type { PolicyRule } from '../../api/generated/rbac.v1';
import { invalidValue, required, type Path } from '../../api/validation';
import { each } from '../validating';

/** After ValidatePolicyRule. */
function validateRule(rule: PolicyRule, namespaced: boolean, path: Path): FieldError[] {
  const { verbs, nonResourceURLs, apiGroups, resources, resourceNames } = rule;
  const noVerbs = verbs?.length ? [] : [required(`${path}.verbs`, 'verbs must contain at least one value')];
  if (nonResourceURLs?.length) {
    const at = `${path}.nonResourceURLs`;
    return [
      ...noVerbs,
      ...(namespaced ? [invalidValue(at, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs')] : []),
      ...(apiGroups?.length || resources?.length || resourceNames?.length
        ? [invalidValue(at, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs')] : []),
    ];
  }
  return [
    ...noVerbs,
    ...(apiGroups?.length ? [] : [required(`${path}.apiGroups`, 'resource rules must supply at least one api group')]),
    ...(resources?.length ? [] : [required(`${path}.resources`, 'resource rules must supply at least one resource')]),
  ];
}

export const validateRules = (rules: readonly PolicyRule[] | undefined, namespaced: boolean, path: Path): FieldError[] =>
  each(rules ?? [], path, (rule, at) => validateRule(rule, namespaced, at));
