import type { Kind } from '../../../kinds/kind';
import { groupsOf } from './groups';
import { discoveredSubresources, kindVerbs } from './subresources';

export type AggregatedVersion = 'v2' | 'v2beta1';

/** APIGroupDiscoveryList of /api (`core`) or of /apis. */
export function apiGroupDiscoveryList(kinds: readonly Kind[], core: boolean, version: AggregatedVersion) {
  const groups = groupsOf(kinds).filter(({ name }) => (name === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: { ...(name && { name }), creationTimestamp: null },
      versions: versions.map((of) => ({ version: of, resources: resourcesOf(kinds, name, of), freshness: 'Current' })),
    })),
  };
}

function resourcesOf(kinds: readonly Kind[], group: string, version: string) {
  return kinds.filter((kind) => kind.group === group && kind.version === version)
    .sort((a, b) => (a.plural < b.plural ? -1 : 1)).map(resourceOf);
}

function resourceOf(kind: Kind) {
  const { group, version, plural: resource, singular: singularResource, namespaced, shortNames, categories } = kind;
  const subresources = discoveredSubresources(kind).map((sub) => ({
    subresource: sub.name, responseKind: { group: sub.group, version: sub.version, kind: sub.kind }, verbs: sub.verbs,
  }));
  return {
    resource, responseKind: { group, version, kind: kind.kind }, scope: namespaced ? 'Namespaced' : 'Cluster', singularResource,
    verbs: kindVerbs(kind), ...(shortNames?.length && { shortNames }), ...(categories?.length && { categories }),
    ...(subresources.length && { subresources }),
  };
}
