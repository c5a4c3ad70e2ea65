import { capManagers } from './cap';
import { compare, type Comparison } from './compare';
import { entryId, managedEntry, withSet, type ManagedEntry, type Managers } from './entries';
import { difference, emptySet, intersection, isEmpty, union, type FieldSet } from './field-set';
import { unmanaged, viewAt, type FieldScope } from './scope';
import type { Members } from './shape';

/**
 * The managers after a write that is no apply: who wrote manages what it changed, alone, and what is gone has no manager.
 * `live` is empty when the object is new. The very managers given when there is nothing to record.
 * Throws ItemError. Source: Updater.Update and the managers around it.
 */
export function recordUpdate(scope: FieldScope, live: Members, object: Members, managers: Managers, manager: string, time: string): Managers {
  const comparison = compare(scope.type, live, object, scope.skip);
  if (isEmpty(comparison.written) && isEmpty(comparison.removed) && inOneVersion(scope, managers)) return managers;
  const identity = { manager: manager || 'unknown', operation: 'Update', apiVersion: scope.apiVersion, subresource: scope.subresource } as const;
  const id = entryId(identity);
  const next = relinquished(scope, live, object, managers, comparison, id);
  const written = difference(comparison.written, unmanaged);
  if (!isEmpty(written)) {
    next.set(id, managedEntry(identity, union(next.get(id)?.fieldsV1 ?? emptySet, written), time));
  }
  return capManagers(next);
}

const inOneVersion = ({ apiVersion }: FieldScope, managers: Managers): boolean => {
  for (const entry of managers.values()) if (entry.apiVersion !== apiVersion) return false;
  return true;
};

/** The managers without what was changed or removed; those of versions that are not served any more are gone. */
function relinquished(scope: FieldScope, live: Members, object: Members, managers: Managers, comparison: Comparison, own: string): Map<string, ManagedEntry> {
  const comparisons = comparisonsIn(scope, live, object, comparison);
  const next = new Map<string, ManagedEntry>();
  for (const [id, entry] of managers) {
    const changes = comparisons(entry.apiVersion);
    if (!changes) continue;
    // The own entry gets back at once what it would lose.
    const kept = id === own ? entry.fieldsV1 : withoutChanged(entry.fieldsV1, changes.written);
    const set = difference(kept, changes.removed);
    if (!isEmpty(set)) next.set(id, withSet(entry, set));
  }
  return next;
}

/** The set without its members in `written`. */
function withoutChanged(set: FieldSet, written: FieldSet): FieldSet {
  const lost = intersection(set, written);
  return isEmpty(lost) ? set : difference(set, lost);
}

/** By version, each made once; undefined for a version that is not served. */
export function comparisonsIn(scope: FieldScope, live: Members, object: Members, own: Comparison): (apiVersion: string) => Comparison | undefined {
  const known = new Map<string, Comparison | undefined>([[scope.apiVersion, own]]);
  return (apiVersion) => {
    if (!known.has(apiVersion)) known.set(apiVersion, compareAt(scope, live, object, apiVersion));
    return known.get(apiVersion);
  };
}

function compareAt(scope: FieldScope, live: Members, object: Members, apiVersion: string): Comparison | undefined {
  const [from, to] = [viewAt(scope, live, apiVersion), viewAt(scope, object, apiVersion)];
  return from && to && compare(to.type, from.object, to.object, scope.skip);
}

export const withoutUnmanaged = (set: FieldSet): FieldSet => difference(set, unmanaged);
