import { groupVersion, type GroupVersionKind } from '../api/meta';
import { schemaKeyOf } from '../api/schema/keys';

/**
 * The type by which kubectl merges objects of a kind strategically: the kinds of k8s.io/api, which alone are in its
 * scheme. Undefined for all others, definitions of custom resources among them, which it merges as plain JSON.
 */
export function strategicTypeOf(kind: GroupVersionKind): string | undefined {
  const key = schemaKeyOf(groupVersion(kind), kind.kind);
  return key?.startsWith('io.k8s.api.') ? key : undefined;
}
