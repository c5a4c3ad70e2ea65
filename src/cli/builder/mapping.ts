import { groupVersion, parseGroupVersion, type Unstructured } from '../../api/meta';
import type { ApiResource, Discovery } from '../../client/discovery';

/** The resource that an argument means. Throws kubectl's text when the server has none. */
export async function resourceFor(discovery: Discovery, argument: string): Promise<ApiResource> {
  const found = await discovery.resource(argument);
  if (!found) throw new Error(`the server doesn't have a resource type ${JSON.stringify(argument.split('.')[0])}`);
  return found;
}

/** The resource that serves an object read from a file. Throws cli-runtime's text when the server has none. */
export async function resourceOf(discovery: Discovery, object: Unstructured, source: string): Promise<ApiResource> {
  const { group, version } = parseGroupVersion(object.apiVersion ?? '');
  const kind = object.kind ?? '';
  const found = await discovery.kind(group, kind, version || undefined);
  // Without an apiVersion kubectl finds the kind and asks for it in no version, where the server has nothing.
  if (found) return version ? found : { ...found, version };
  const { name = '', namespace = '' } = object.metadata ?? {};
  throw new Error(`resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} from ${JSON.stringify(source)}: `
    + `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(groupVersion({ group, version }))}\nensure CRDs are installed first`);
}

/** Without a server: the resource is guessed from the kind, and is namespaced when the object says so. */
export function localResource(object: Unstructured): ApiResource {
  const kind = object.kind ?? '';
  const singular = kind.toLowerCase();
  return {
    ...parseGroupVersion(object.apiVersion ?? ''), kind, singular, plural: `${singular}s`, namespaced: object.metadata?.namespace !== undefined,
    shortNames: [], categories: [], verbs: [], subresources: [],
  };
}
