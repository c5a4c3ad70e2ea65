import type { PolicyRule } from '../generated/rbac.v1';

/**
 * What of `wanted` no rule of `held` covers, in rules of one verb, one group and one resource each.
 * Source: Covers in k8s.io/component-helpers/auth/rbac/validation.
 */
export const uncovered = (held: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] =>
  wanted.flatMap(breakdown).filter((atom) => !held.some((rule) => covers(rule, atom)));

function breakdown({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule): PolicyRule[] {
  const names = resourceNames.length ? resourceNames.map((name) => ({ resourceNames: [name] })) : [{}];
  return [
    ...apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.flatMap((verb) =>
      names.map((name): PolicyRule => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...name }))))),
    ...nonResourceURLs.flatMap((url) => verbs.map((verb): PolicyRule => ({ verbs: [verb], nonResourceURLs: [url] }))),
  ];
}

function covers(rule: PolicyRule, atom: PolicyRule): boolean {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  return all(rule.verbs, atom.verbs) && all(apiGroups, atom.apiGroups) && coversResources(resources, atom.resources)
    && (!resourceNames.length || (Boolean(atom.resourceNames?.length) && atom.resourceNames!.every((name) => resourceNames.includes(name))))
    && (atom.nonResourceURLs ?? []).every((url) => nonResourceURLs.some((pattern) => urlCovers(pattern, url)));
}

const all = (held: readonly string[], wanted: readonly string[] = []) => held.includes('*') || wanted.every((item) => held.includes(item));

function coversResources(held: readonly string[], wanted: readonly string[] = []): boolean {
  return held.includes('*') || wanted.every((path) => {
    const slash = path.indexOf('/');
    return held.includes(path) || (slash > 0 && held.includes(`*${path.slice(slash)}`));
  });
}

/** A trailing star stands for anything. */
export const urlCovers = (pattern: string, url: string): boolean =>
  pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.replace(/\*+$/, '')));

/** Rules that differ in the verb alone made one. Source: CompactRules in k8s.io/kubernetes/pkg/registry/rbac/validation. */
export function compact(rules: readonly PolicyRule[]): PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules) {
    if (rule.nonResourceURLs?.length) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const existing = simple.get(key);
    simple.set(key, existing ? { ...existing, verbs: [...existing.verbs, ...rule.verbs] } : rule);
  }
  return [...others, ...simple.values()];
}

const shown = [['APIGroups', 'apiGroups'], ['Resources', 'resources'], ['NonResourceURLs', 'nonResourceURLs'], ['ResourceNames', 'resourceNames'], ['Verbs', 'verbs']] as const;

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}`. Source: CompactString in k8s.io/kubernetes/pkg/apis/rbac/v1. */
export const ruleText = (rule: PolicyRule): string =>
  `{${shown.filter(([, field]) => rule[field]?.length).map(([name, field]) => `${name}:${quoted(rule[field]!)}`).join(', ')}}`;

/** A list of strings as Go's %q prints it. */
export const quoted = (list: readonly string[]): string => `[${list.map((item) => JSON.stringify(item)).join(' ')}]`;
