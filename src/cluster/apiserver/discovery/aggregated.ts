import type { Kind } from '../../../kinds/kind';
import { groupsOf, type RemoteVersion } from './groups';
import { discoveredSubresources, kindVerbs } from './subresources';

export type AggregatedVersion = 'v2' | 'v2beta1';

/** What is known of a version that another server serves. */
export interface RemoteEntry extends RemoteVersion {
  /** In the form of APIVersionDiscovery. */
  readonly resources: readonly object[];
  readonly freshness: 'Current' | 'Stale';
}

/** APIGroupDiscoveryList of /api (`core`) or of /apis. */
export function apiGroupDiscoveryList(kinds: readonly Kind[], core: boolean, version: AggregatedVersion, remotes: readonly RemoteEntry[] = []) {
  const groups = groupsOf(kinds, remotes).filter(({ name }) => (name === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: { ...(name && { name }), creationTimestamp: null },
      versions: versions.map((of) => versionOf(kinds, remotes, name, of)),
    })),
  };
}

function versionOf(kinds: readonly Kind[], remotes: readonly RemoteEntry[], group: string, version: string): object {
  const remote = remotes.find((one) => one.group === group && one.version === version);
  if (!remote) return { version, resources: resourcesOf(kinds, group, version), freshness: 'Current' };
  return { version, ...(remote.resources.length && { resources: remote.resources }), freshness: remote.freshness };
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
