import type { PolicyRule } from '../generated/rbac.v1';

/** One verb on one resource (or one object of it) of one group, or on one URL; several verbs after they were put together. */
interface Grant {
  readonly group?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly url?: string;
  readonly verbs: string[];
}

function grantsOf({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: PolicyRule): Grant[] {
  const names = resourceNames?.length ? resourceNames : [undefined];
  const onResources = (apiGroups ?? []).flatMap((group) => (resources ?? []).flatMap((resource) => (verbs ?? []).flatMap((verb) =>
    names.map((name) => ({ group, resource, ...(name !== undefined && { name }), verbs: [verb] })))));
  return [...onResources, ...(nonResourceURLs ?? []).flatMap((url) => (verbs ?? []).map((verb) => ({ url, verbs: [verb] })))];
}

/** Verbs on the same thing become one grant; those on URLs stay apart. After CompactRules of kubectl. */
function compacted(grants: readonly Grant[]): Grant[] {
  const compact: Grant[] = [];
  const known = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.group, grant.resource, grant.name ?? null]);
    const same = grant.url === undefined ? known.get(key) : undefined;
    if (same) same.verbs.push(...grant.verbs.filter((verb) => !same.verbs.includes(verb)));
    else {
      if (grant.url === undefined) known.set(key, grant);
      compact.push(grant);
    }
  }
  return compact;
}

const list = (items: readonly (string | undefined)[]) => `[${items.filter((item) => item !== undefined).join(' ')}]`;

/** As the generated String() of the Go type has it: rules are sorted by that. */
const sortKey = ({ verbs, group, resource, name, url }: Grant) =>
  `&PolicyRule{Verbs:${list(verbs)},APIGroups:${list([group])},Resources:${list([resource])},ResourceNames:${list([name])},NonResourceURLs:${list([url])},}`;

/** `deployments.apps/scale` */
function resourceText({ resource = '', group }: Grant): string {
  const slash = resource.indexOf('/');
  const [plural, subresource] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  return `${plural}${group ? `.${group}` : ''}${subresource}`;
}

const byKey = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;

/** The cells of a table of rules: resource, URL, name, verbs; a row for each thing that may be done something with, sorted. */
export function grantRows(rules: readonly PolicyRule[]): string[][] {
  const grants = compacted(rules.flatMap(grantsOf)).map((grant) => ({ grant, key: sortKey(grant) })).sort((a, b) => byKey(a.key, b.key));
  return grants.map(({ grant }) => [resourceText(grant), list([grant.url]), list([grant.name]), list(grant.verbs)]);
}
