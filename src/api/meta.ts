import type { ObjectMeta, ListMeta, OwnerReference, LabelSelector, DeleteOptions, Status } from './generated/meta.v1';

export type { ObjectMeta, ListMeta, OwnerReference, LabelSelector, DeleteOptions, Status };

/** What every API object has. Concrete kinds are the generated interfaces (`generated/core.v1` and so on). */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

/** An object whose fields are known only at run time: custom resources, decoded manifests. */
export interface Unstructured extends KubeObject {
  [field: string]: unknown;
}

export interface KubeList<T extends KubeObject = KubeObject> {
  apiVersion?: string;
  kind?: string;
  metadata: ListMeta;
  items: T[];
}

export interface GroupVersionKind {
  /** '' is the core group. */
  group: string;
  version: string;
  kind: string;
}

export interface GroupVersionResource {
  /** '' is the core group. */
  group: string;
  version: string;
  /** Lower-case plural, as in the URL: `pods`. */
  resource: string;
}

/** `apps/v1`, or `v1` for the core group. */
export function groupVersion(of: { group: string; version: string }): string {
  return of.group ? `${of.group}/${of.version}` : of.version;
}

export function parseGroupVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The owner that manages the object (`controller: true`), if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller);
}

/** `namespace/name`, or the bare name of a cluster-scoped object. */
export function objectKey(object: { metadata: { name: string; namespace?: string } }): string {
  const { name, namespace } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}
