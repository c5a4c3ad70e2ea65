import type { ApiResource, Snapshot } from './types';

/**
 * The resource that an argument names: `po`, `pods`, `pod`, `Pod`, `deploy.apps`, `deployments.v1.apps`, groups by
 * any beginning. After kubectl's builder and client-go's RESTMappers; of several the server's first one counts.
 */
export function findResource({ resources }: Snapshot, argument: string): ApiResource | undefined {
  const wanted = argument.toLowerCase();
  return forms(wanted).map((form) => match(resources, form)).find(Boolean)
    ?? forms(argument).map((form) => resources.find((r) => r.kind === form.name && groupMatches(r, form, false) && versionMatches(r, form))).find(Boolean);
}

interface Form {
  name: string;
  group?: string;
  version?: string;
}

/** `a.b.c` is resource a in version b of group c, or resource a in group b.c. */
function forms(argument: string): Form[] {
  const [name, ...rest] = argument.split('.') as [string, ...string[]];
  if (!rest.length) return [{ name }];
  const inGroup = { name, group: rest.join('.') };
  return rest.length > 1 ? [{ name, version: rest[0]!, group: rest.slice(1).join('.') }, inGroup] : [inGroup];
}

function match(resources: readonly ApiResource[], form: Form): ApiResource | undefined {
  const candidates = resources.filter((r) => versionMatches(r, form));
  const named = (prefix: boolean) => candidates.filter((r) => groupMatches(r, form, prefix));
  for (const prefix of [false, true]) {
    const pool = named(prefix);
    const found = pool.find((r) => r.plural === form.name || r.singular === form.name || (!r.singular && r.kind.toLowerCase() === form.name))
      ?? pool.find((r) => r.shortNames.includes(form.name));
    if (found) return found;
  }
  return undefined;
}

function groupMatches(resource: ApiResource, { group }: Form, prefix: boolean): boolean {
  return group === undefined || resource.group === group || (prefix && resource.group.startsWith(group));
}

const versionMatches = (resource: ApiResource, { version }: Form) => version === undefined || resource.version === version;

/** The resource that serves a kind, in this version or (without one) the preferred of those that have it. */
export function findKind({ resources }: Snapshot, group: string, kind: string, version?: string): ApiResource | undefined {
  return resources.find((r) => r.kind === kind && r.group === group && (version === undefined || r.version === version));
}

/** What `all` and other categories stand for: each resource once, in its preferred version. */
export function findCategory({ resources }: Snapshot, category: string): ApiResource[] {
  const seen = new Set<string>();
  return resources.filter((r) => {
    const key = `${r.plural}.${r.group}`;
    if (!r.categories.includes(category) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
