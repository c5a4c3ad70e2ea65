import { createHash } from 'node:crypto';
import { groupVersion } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { groupsOf, type RemoteVersion } from './groups';
import { discoveredSubresources, kindVerbs } from './subresources';

/** /apis */
export const apiGroupList = (kinds: readonly Kind[], remotes: readonly RemoteVersion[] = []) => ({
  kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(kinds, remotes).filter(({ name }) => name).map(apiGroupBody),
});

/** /apis/<group>; undefined for a group that is not served. */
export function apiGroup(kinds: readonly Kind[], name: string, remotes: readonly RemoteVersion[] = []) {
  const group = groupsOf(kinds, remotes).find((candidate) => candidate.name === name);
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...apiGroupBody(group) };
}

function apiGroupBody({ name, versions }: { name: string; versions: string[] }) {
  const listed = versions.map((version) => ({ groupVersion: groupVersion({ group: name, version }), version }));
  return { name, versions: listed, preferredVersion: listed[0] };
}

/** /api */
export const apiVersions = (serverAddress: string) => ({
  kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
});

/** /apis/<group>/<version> and /api/v1; undefined for one that is not served. */
export function apiResourceList(kinds: readonly Kind[], group: string, version: string) {
  const own = kinds.filter((kind) => kind.group === group && kind.version === version);
  if (!own.length) return undefined;
  const resources = own.flatMap(resourcesOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'APIResourceList', ...(group && { apiVersion: 'v1' }), groupVersion: groupVersion({ group, version }), resources };
}

interface ApiResource {
  name: string;
  [field: string]: unknown;
}

function resourcesOf(kind: Kind): ApiResource[] {
  const { plural: name, singular: singularName, namespaced, shortNames, categories } = kind;
  return [
    {
      name, singularName, namespaced, kind: kind.kind, verbs: kindVerbs(kind),
      ...(shortNames?.length && { shortNames }), ...(categories?.length && { categories }), storageVersionHash: versionHash(kind),
    },
    ...discoveredSubresources(kind).map((sub) => ({
      name: `${name}/${sub.name}`, singularName: '', namespaced,
      ...((sub.group !== kind.group || sub.version !== kind.version) && { group: sub.group, version: sub.version }),
      kind: sub.kind, verbs: sub.verbs,
    })),
  ];
}

/** Source: StorageVersionHash in k8s.io/apiserver/pkg/endpoints/discovery. */
const versionHash = (kind: Kind) =>
  createHash('sha256').update(`${kind.group}/${kind.version}/${kind.kind}`).digest().subarray(0, 8).toString('base64');
