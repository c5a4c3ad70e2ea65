import type { MatchResources, NamedRuleWithOperations } from '../../../../api/generated/admissionregistration.v1';
import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import { matchedKind, matchesRule } from '../matching/rules';
import { matchesNamespace, matchesObject } from '../matching/selectors';

/** The kind as which the request is matched; undefined when it is not. Throws what selectors throw. Source: policy/matching/matching.go. */
export function matchedAs(registry: Registry, request: AdmissionRequest, resources: MatchResources): Kind | undefined {
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [], matchPolicy = 'Exact' } = resources;
  if (!matchesObject(request, objectSelector)) return undefined;
  const named = (rule: NamedRuleWithOperations, kind: Kind) =>
    matchesRule(rule, request, kind) && (!rule.resourceNames?.length || rule.resourceNames.includes(request.name));
  if (matchedKind(registry, request, { rules: excludeResourceRules, matchPolicy }, named)) return undefined;
  const kind = resourceRules.length ? matchedKind(registry, request, { rules: resourceRules, matchPolicy }, named) : request.kind;
  // Last, for it fails where the namespace is not there.
  return kind && matchesNamespace(registry, request, namespaceSelector) ? kind : undefined;
}
