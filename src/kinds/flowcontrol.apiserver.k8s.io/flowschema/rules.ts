import type { FieldError } from '../../../api/errors';
import type { NonResourcePolicyRule, ResourcePolicyRule } from '../../../api/generated/flowcontrol.v1';
import { invalidEach, invalidValue, nameIsDNSLabel, notSupported, required, type Path } from '../../../api/validation';
import { each } from '../../validating';

const supportedVerbs = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy'];

const hasWildcard = (values: readonly string[]) => values.includes('*');

/** A list that names at least one, or all by `*` and nothing beside it. */
function validateList(values: readonly string[], path: Path, missing: string, others: string): FieldError[] {
  if (!values.length) return [required(path, missing)];
  return hasWildcard(values) && values.length > 1 ? [invalidValue(path, values, `if '*' is present, must not specify other ${others}`)] : [];
}

function validateVerbs(verbs: readonly string[], path: Path): FieldError[] {
  const wrong = validateList(verbs, path, 'verbs must contain at least one value', 'verbs');
  if (wrong.length || hasWildcard(verbs)) return wrong;
  return verbs.every((verb) => supportedVerbs.includes(verb)) ? [] : [notSupported(path, verbs, supportedVerbs)];
}

function validateNamespaces({ namespaces, clusterScope }: ResourcePolicyRule, path: Path): FieldError[] {
  if (!namespaces?.length) return clusterScope ? [] : [required(path, 'resource rules that are not cluster scoped must supply at least one namespace')];
  if (hasWildcard(namespaces)) return validateList(namespaces, path, '', 'namespaces');
  return each(namespaces, path, (namespace, at) => invalidEach(at, namespace,
    nameIsDNSLabel(namespace, false).map((message) => `each member of this list must be '*' or a DNS-1123 label; ${message}`)));
}

/** After ValidateFlowSchemaResourcePolicyRule. */
export const validateResourceRule = (rule: ResourcePolicyRule, path: Path): FieldError[] => [
  ...validateVerbs(rule.verbs ?? [], `${path}.verbs`),
  ...validateList(rule.apiGroups ?? [], `${path}.apiGroups`, 'resource rules must supply at least one api group', 'api groups'),
  ...validateList(rule.resources ?? [], `${path}.resources`, 'resource rules must supply at least one resource', 'resources'),
  ...validateNamespaces(rule, `${path}.namespaces`),
];

function urlProblem(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const wildcards = url.split('*').length - 1;
  return wildcards > 1 || (wildcards === 1 && !url.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}

function validateUrl(url: string, path: Path): FieldError[] {
  const problem = urlProblem(url);
  return problem ? [invalidValue(path, url, problem)] : [];
}

/** After ValidateFlowSchemaNonResourcePolicyRule. */
export function validateNonResourceRule(rule: NonResourcePolicyRule, path: Path): FieldError[] {
  const urls = rule.nonResourceURLs ?? [];
  const at = `${path}.nonResourceURLs`;
  return [
    ...validateVerbs(rule.verbs ?? [], `${path}.verbs`),
    ...validateList(urls, at, 'nonResourceURLs must contain at least one value', 'non-resource URLs'),
    ...(hasWildcard(urls) ? [] : each(urls, at, validateUrl)),
  ];
}
