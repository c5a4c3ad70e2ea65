import type { PolicyRule } from '../../../../api/generated/rbac.v1';
import { urlCovers } from '../../../../api/rbac';
import type { Attributes } from '../authorizer';

/** Source: RuleAllows in k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac and its evaluation helpers. */
export function ruleAllows(rule: PolicyRule, { verb, path, resource: of }: Attributes): boolean {
  if (!has(rule.verbs, verb)) return false;
  if (!of) return rule.nonResourceURLs?.some((url) => urlCovers(url, path)) ?? false;
  return has(rule.apiGroups, of.group) && resourceMatches(rule.resources, of.resource, of.subresource)
    && (!rule.resourceNames?.length || rule.resourceNames.includes(of.name ?? ''));
}

const has = (list: readonly string[] | undefined, wanted: string) => list?.some((item) => item === '*' || item === wanted) ?? false;

function resourceMatches(resources: readonly string[] | undefined, resource: string, subresource: string | undefined): boolean {
  if (!resources) return false;
  if (subresource === undefined) return has(resources, resource);
  return has(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}
