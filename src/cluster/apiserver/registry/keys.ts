import type { Kind } from '../../../kinds/kind';

/** `apps/deployments`; `storedAs` has the same form, with an empty group for core: `/events`. */
export const storageName = (kind: Kind) => kind.storedAs ?? `${kind.group}/${kind.plural}`;

/** Of all objects of a kind, or of those of one namespace: `apps/deployments/default/`. */
export function keyPrefix(kind: Kind, namespace?: string): string {
  const all = `${storageName(kind)}/`;
  return kind.namespaced && namespace ? `${all}${namespace}/` : all;
}

export const objectStorageKey = (kind: Kind, namespace: string | undefined, name: string) => `${keyPrefix(kind, namespace)}${name}`;
