import { deepEqual } from '../equal';
import type { ManagedFieldsEntry } from '../generated/meta.v1';
import type { Unstructured } from '../meta';

/**
 * Whether two states differ in nothing but the times of their managers, which is no reason to write.
 * Source: IgnoreManagedFieldsTimestampsTransformer.
 */
export function sameButTimes(a: Unstructured, b: Unstructured): boolean {
  const [left, right] = [a.metadata.managedFields, b.metadata.managedFields];
  if (left !== right && !sameManagers(left, right)) return false;
  return deepEqual(untracked(a), untracked(b));
}

function sameManagers(a: readonly ManagedFieldsEntry[] = [], b: readonly ManagedFieldsEntry[] = []): boolean {
  return a.length === b.length && a.every((entry, at) => deepEqual({ ...entry, time: undefined }, { ...b[at], time: undefined }));
}

const untracked = (object: Unstructured) => ({ ...object, metadata: { ...object.metadata, managedFields: undefined } });
