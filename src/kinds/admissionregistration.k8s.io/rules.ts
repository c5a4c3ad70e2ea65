import type { FieldError } from '../../api/errors';
import type { RuleWithOperations } from '../../api/generated/admissionregistration.v1';
import { invalidValue, notSupported, required, type Path } from '../../api/validation';
import { each, present } from '../validating';

const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];

/** A star stands for all and alone. */
function validateWords(words: readonly string[], path: Path, others: string): FieldError[] {
  if (words.length === 0) return [required(path)];
  return words.length > 1 && words.includes('*') ? [invalidValue(path, words, `if '*' is present, must not specify other ${others}`)] : [];
}

/** `pods`, `pods/log`, `*`, `pods/*`, `*` + `/scale`: none that another covers. */
function validateResources(resources: readonly string[], path: Path): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const both = resources.length > 1 && resources.includes('*/*');
  const bare = resources.includes('*') && resources.some((resource) => resource !== '*' && !resource.includes('/'));
  return [
    ...each(resources, path, present),
    ...(both ? [invalidValue(path, resources, "if '*/*' is present, must not specify other resources")] : []),
    ...(bare ? [invalidValue(path, resources, "if '*' is present, must not specify other resources without subresources")] : []),
  ];
}

/** After validateRuleWithOperations. */
export function validateRule(rule: RuleWithOperations, path: Path): FieldError[] {
  const given: readonly string[] = rule.operations ?? [];
  return [
    ...validateWords(given, `${path}.operations`, 'operations'),
    ...each(given, `${path}.operations`, (operation, at) => operations.includes(operation) ? [] : [notSupported(at, operation, operations)]),
    ...validateWords(rule.apiGroups ?? [], `${path}.apiGroups`, 'API groups'),
    ...validateWords(rule.apiVersions ?? [], `${path}.apiVersions`, 'API versions'),
    ...each(rule.apiVersions ?? [], `${path}.apiVersions`, present),
    ...validateResources(rule.resources ?? [], `${path}.resources`),
    ...(rule.scope === undefined || scopes.includes(rule.scope) ? [] : [notSupported(`${path}.scope`, rule.scope, scopes)]),
  ];
}
