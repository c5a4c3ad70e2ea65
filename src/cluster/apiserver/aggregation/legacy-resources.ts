/** An entry of an APIResourceList. */
export interface LegacyResource {
  readonly name: string;
  readonly singularName?: string;
  readonly namespaced?: boolean;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

interface Discovered {
  readonly resource: string;
  readonly subresources: object[];
  readonly [field: string]: unknown;
}

/** A list of resources in the form of APIVersionDiscovery. Source: ConvertGroupVersionIntoToDiscovery in k8s.io/apiserver/pkg/endpoints. */
export function aggregatedResources(list: readonly LegacyResource[], of: { group: string; version: string }): object[] {
  const found = new Map<string, Discovered>();
  for (const resource of list.filter(({ name }) => !name.includes('/'))) found.set(resource.name, discovered(resource, of));
  for (const resource of list) {
    const [owner, subresource] = resource.name.split('/');
    if (!subresource) continue;
    const { namespaced = false } = resource;
    if (!found.has(owner!)) found.set(owner!, { resource: owner!, scope: scopeOf(namespaced), responseKind: {}, verbs: [], subresources: [] });
    found.get(owner!)!.subresources.push({ subresource, responseKind: kindOf(resource, of), verbs: resource.verbs ?? [] });
  }
  return [...found.values()].map(({ subresources, ...rest }) => ({ ...rest, ...(subresources.length && { subresources }) }));
}

const scopeOf = (namespaced: boolean) => (namespaced ? 'Namespaced' : 'Cluster');

const kindOf = ({ group, version, kind }: LegacyResource, of: { group: string; version: string }) => ({ group: group || of.group, version: version || of.version, kind });

const discovered = (resource: LegacyResource, of: { group: string; version: string }): Discovered => ({
  resource: resource.name, responseKind: kindOf(resource, of), scope: scopeOf(resource.namespaced ?? false), singularResource: resource.singularName ?? '',
  verbs: resource.verbs ?? [], ...(resource.shortNames?.length && { shortNames: resource.shortNames }),
  ...(resource.categories?.length && { categories: resource.categories }), subresources: [],
});
