import { deepEqual } from '../equal';
import type { ManagedFieldsEntry } from '../generated/meta.v1';
import type { Unstructured } from '../meta';
import { noManagers, receivedManagers, sortedEntries, storedManagers, type Managers } from './entries';
import { recordUpdate } from './record';
import type { FieldScope } from './scope';

/**
 * metadata.managedFields after a write that is no apply; undefined for none. `live` is absent when the object is new; one
 * that is not tracked stays so until it is applied to. What the request says of managers counts on the main resource
 * alone. Source: FieldManager.UpdateNoErrors.
 */
export function managersAfterUpdate(scope: FieldScope, live: Unstructured | undefined, object: Unstructured, manager: string, time: string): ManagedFieldsEntry[] | undefined {
  const stored = live?.metadata.managedFields;
  const managers = managersBefore(scope, stored, object.metadata.managedFields);
  if (!managers.size && live) return undefined;
  try {
    const next = recordUpdate(scope, live ?? {}, object, managers, manager, time);
    if (next === managers && stored && managers === storedFor(stored)) return stored;
    return next.size ? sortedEntries(next) : undefined;
  } catch (error) {
    // Items that cannot be told apart have no managers; validation will say what is wrong with them.
    if ((error as Error).name !== 'ItemError') throw error;
    return undefined;
  }
}

const known = new WeakMap<readonly ManagedFieldsEntry[], Managers>();

function storedFor(stored: readonly ManagedFieldsEntry[]): Managers {
  let managers = known.get(stored);
  if (!managers) known.set(stored, (managers = storedManagers(stored)));
  return managers;
}

/** Source: decodeLiveOrNew. */
function managersBefore({ subresource }: FieldScope, stored: readonly ManagedFieldsEntry[] | undefined, received: readonly ManagedFieldsEntry[] | undefined): Managers {
  const live = stored ? storedFor(stored) : noManagers;
  if (subresource || !received || received === stored) return live;
  if (isReset(received)) return noManagers;
  if (stored && deepEqual(received, stored)) return live;
  const managers = receivedManagers(received);
  return managers?.size ? managers : live;
}

/** An empty list, or one empty entry. */
const isReset = (entries: readonly ManagedFieldsEntry[]): boolean =>
  entries.length === 0 || (entries.length === 1 && Object.values(entries[0]!).every((value) => value === undefined || value === '' || value === null));
