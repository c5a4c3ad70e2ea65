import type { ObjectMeta } from '../../../api/meta';

/** The metadata of a generated object as Go prints it; the namespace only where the user gave one. */
export function metadataOf(name: string, namespace?: { name: string; explicit: boolean }): ObjectMeta {
  return { name, ...(namespace?.explicit && { namespace: namespace.name }), creationTimestamp: null } as unknown as ObjectMeta;
}
