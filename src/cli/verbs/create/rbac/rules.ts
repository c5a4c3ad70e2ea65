import type { PolicyRule } from '../../../../api/generated/rbac.v1';
import type { Discovery } from '../../../../client/discovery';
import { resourceFor } from '../../../builder';
import { noResourceMatch } from '../../../errors';
import type { Output } from '../../../session';

/** `deployments.apps/scale` */
export interface ResourceSpec {
  readonly name: string;
  readonly group: string;
  readonly subresource: string;
}

const resourceVerbs = new Set(['*', 'get', 'delete', 'list', 'create', 'update', 'patch', 'watch', 'proxy', 'deletecollection', 'use', 'bind', 'escalate', 'impersonate']);
const urlVerbs = new Set(['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options']);

const roles = ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];
/** Verbs that go with these resources only. */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: roles,
  escalate: roles,
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

/** Each once; `*` stands for all of them. */
export const uniqueVerbs = (verbs: readonly string[]): string[] => (verbs.includes('*') ? ['*'] : [...new Set(verbs)]);

export function warnOfVerbs(verbs: readonly string[], err: Output): void {
  for (const verb of verbs) if (!resourceVerbs.has(verb)) err.write(`Warning: '${verb}' is not a standard resource verb\n`);
}

/** A `*` alone stands for all of them. */
export function resourceSpecs(texts: readonly string[]): ResourceSpec[] {
  const specs = texts.map(resourceSpec);
  return specs.find((spec, index) => spec.name === '*' && texts[index] === '*') ? [resourceSpec('*')] : specs;
}

function resourceSpec(text: string): ResourceSpec {
  const [resource, subresource] = splitOnce(text, '/');
  const [name, group] = splitOnce(resource, '.');
  return { name, group, subresource };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** What the server calls it; undefined when it has nothing of the kind. */
async function served({ name, group }: ResourceSpec, discovery: Discovery): Promise<{ plural: string; group: string } | undefined> {
  return resourceFor(discovery, group ? `${name}.${group}` : name).catch(() => undefined);
}

/** Throws when the server has no such resource, or it is not one for the verb. */
export async function checkResources(specs: readonly ResourceSpec[], verbs: readonly string[], discovery: Discovery): Promise<void> {
  for (const spec of specs) {
    if (!spec.name) throw new Error('resource must be specified if apiGroup/subresource specified');
    if (spec.name === '*') return;
    const found = await served(spec, discovery);
    const { plural, group } = found ?? { plural: spec.name, group: spec.group };
    const special = verbs.filter((verb) => Object.hasOwn(specialVerbs, verb));
    const wrong = special.find((verb) => !specialVerbs[verb]!.includes(`${plural}.${group}`));
    if (wrong) throw new Error(`can not perform '${wrong}' on '${plural}' in group '${group}'`);
    if (!found && !special.length) throw noResourceMatch(spec.name, spec.group);
  }
}

export function checkNonResourceUrls(urls: readonly string[], verbs: readonly string[]): void {
  const wrong = verbs.find((verb) => !urlVerbs.has(verb));
  if (wrong !== undefined) throw new Error(`invalid verb: '${wrong}' for nonResourceURL`);
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw new Error('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*')) throw new Error('nonResourceURL only supports wildcard matches when \'*\' is at the end');
  }
}

interface RuleParts {
  readonly verbs: readonly string[];
  readonly resources: readonly ResourceSpec[];
  readonly resourceNames: readonly string[];
  readonly urls: readonly string[];
}

/** One rule per API group, by their names, and one for the paths. */
export async function rulesOf({ verbs, resources, resourceNames, urls }: RuleParts, discovery: Discovery | undefined): Promise<PolicyRule[]> {
  const byGroup = new Map<string, Set<string>>();
  for (const spec of resources) {
    const { plural, group } = (discovery && await served(spec, discovery)) ?? { plural: spec.name, group: spec.group };
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(spec.subresource ? `${plural}/${spec.subresource}` : plural));
  }
  const groups = [...byGroup.keys()].sort();
  return [
    ...groups.map((group): PolicyRule => ({ verbs: [...verbs], apiGroups: [group], resources: [...byGroup.get(group)!], resourceNames: [...resourceNames] })),
    ...(urls.length ? [{ verbs: [...verbs], nonResourceURLs: [...urls] }] : []),
  ];
}
