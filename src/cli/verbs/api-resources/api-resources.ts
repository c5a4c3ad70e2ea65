import { groupVersion } from '../../../api/meta';
import type { ApiResource, Snapshot } from '../../../client/discovery';
import { usageError } from '../../errors';
import { flagTable, type FlagValues, type Input } from '../../flags/spec';
import { tableWriter } from '../../print/table';
import { programName } from '../../program';
import type { Session } from '../../session';

export const apiResourcesFlags = flagTable({
  'api-group': { type: 'string', help: 'Only this API group.' },
  'cached': { type: 'bool', help: 'What is known already is good enough.' },
  'categories': { type: 'list', help: 'Only resources of these categories.' },
  'namespaced': { type: 'bool', default: true, help: 'Only namespaced resources, or with =false only the others.' },
  'no-headers': { type: 'bool', help: 'Leave out the header line.' },
  'output': { type: 'string', short: 'o', help: 'wide or name.' },
  'sort-by': { type: 'string', help: 'name or kind.' },
  'verbs': { type: 'list', help: 'Only resources with all of these verbs.' },
});

type Flags = FlagValues<typeof apiResourcesFlags>;

/** The resources that the server serves. After k8s.io/kubectl/pkg/cmd/apiresources. */
export async function apiResources(session: Session, { flags, args, changed }: Input<typeof apiResourcesFlags>): Promise<void> {
  if (args.length) throw usageError(`${programName} api-resources`, `unexpected arguments: [${args.join(' ')}]`);
  if (!['', 'wide', 'name'].includes(flags.output)) throw new Error(`--output ${flags.output} is not available`);
  if (!['', 'name', 'kind'].includes(flags['sort-by'])) throw new Error('--sort-by accepts only name or kind');
  const discovery = await session.discovery();
  const header = flags['no-headers'] || flags.output === 'name' ? [] : [headers[flags.output]!];
  const print = (rows: string[][]) => session.streams.out.write(tableWriter()([...header, ...rows].map((cells) => `${cells.join('\t')}\n`).join('')));
  const snapshot = await (flags.cached ? discovery.snapshot() : discovery.refresh()).catch((error: unknown) => {
    print([]);
    throw error;
  });
  const chosen = preferred(snapshot).filter((resource) => isWanted(resource, flags, changed));
  print(sortResources(chosen, flags['sort-by']).map((resource) => rowOf(resource, flags.output)));
}

/** Each resource of a group once, in the first version that has it. */
function preferred({ resources }: Snapshot): ApiResource[] {
  const seen = new Set<string>();
  return resources.filter(({ group, plural }) => {
    const key = `${group}/${plural}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isWanted(resource: ApiResource, flags: Flags, changed: ReadonlySet<string>): boolean {
  return resource.verbs.length > 0
    && (!changed.has('api-group') || resource.group === flags['api-group'])
    && (!changed.has('namespaced') || resource.namespaced === flags.namespaced)
    && flags.verbs.every((verb) => resource.verbs.includes(verb))
    && flags.categories.every((category) => resource.categories.includes(category));
}

function sortResources(resources: readonly ApiResource[], by: string): ApiResource[] {
  const key = (resource: ApiResource) => (by === 'name' ? resource.plural : by === 'kind' ? resource.kind : resource.group);
  return [...resources].sort((a, b) => compare(key(a), key(b)) || compare(a.plural, b.plural));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const basic = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'];
const headers: Record<string, string[]> = { '': basic, 'wide': [...basic, 'VERBS', 'CATEGORIES'] };

function rowOf(resource: ApiResource, output: string): string[] {
  if (output === 'name') return [resource.group ? `${resource.plural}.${resource.group}` : resource.plural];
  const row = [resource.plural, resource.shortNames.join(','), groupVersion(resource), String(resource.namespaced), resource.kind];
  return output === 'wide' ? [...row, resource.verbs.join(','), resource.categories.join(',')] : row;
}
