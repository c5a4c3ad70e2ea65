import type { ManagedEntry, Managers } from './entries';
import { fieldsIn } from './extract';
import { difference, emptySet, intersection, isEmpty, union, type FieldSet } from './field-set';
import { withNamedFields } from './named-fields';
import { withoutFields } from './remove';
import { viewAt, type FieldScope, type View } from './scope';
import type { Members } from './shape';

/**
 * The merged object without what its manager applied last time, does not apply now, and nobody else manages.
 * `managers` hold the new configuration's set already. Source: Updater.prune.
 */
export function prune(scope: FieldScope, merged: Members, managers: Managers, last: ManagedEntry | undefined): Members {
  if (!last || isEmpty(last.fieldsV1)) return merged;
  const at = viewAt(scope, merged, last.apiVersion);
  if (!at) return merged;
  const lastSet = withNamedFields(last.fieldsV1, at.type);
  let pruned = withoutFields(at.type, at.object, lastSet);
  pruned = addBackManaged(scope, at, pruned, last.apiVersion, managers);
  pruned = addBackForeign(at, pruned, lastSet);
  if (last.apiVersion === scope.apiVersion) return pruned;
  // The object of an old version, in that of the request.
  return scope.convert({ ...pruned, apiVersion: last.apiVersion }, scope.apiVersion)?.object ?? merged;
}

const namedFieldsIn = ({ type }: View, object: Members): FieldSet => withNamedFields(fieldsIn(type, object), type);

/** What others, or the new configuration, manage comes back. */
function addBackManaged(scope: FieldScope, merged: View, pruned: Members, apiVersion: string, managers: Managers): Members {
  let managed: FieldSet = emptySet;
  for (const entry of managers.values()) if (entry.apiVersion === apiVersion) managed = union(managed, entry.fieldsV1);
  const others = [...managers.values()].some((entry) => entry.apiVersion !== apiVersion);
  const keep = union(namedFieldsIn(merged, pruned), withNamedFields(managed, merged.type));
  const result = withoutFields(merged.type, merged.object, difference(namedFieldsIn(merged, merged.object), keep));
  return others ? addBackOtherVersions(scope, merged, result, apiVersion, managers) : result;
}

function addBackOtherVersions(scope: FieldScope, merged: View, pruned: Members, apiVersion: string, managers: Managers): Members {
  let result = pruned;
  for (const version of new Set([...managers.values()].map((entry) => entry.apiVersion))) {
    if (version === apiVersion) continue;
    const [whole, part] = [viewAtFrom(scope, merged.object, apiVersion, version), viewAtFrom(scope, result, apiVersion, version)];
    if (!whole || !part) continue;
    const managed = [...managers.values()].filter((entry) => entry.apiVersion === version).reduce<FieldSet>((set, entry) => union(set, entry.fieldsV1), emptySet);
    const keep = union(namedFieldsIn(whole, part.object), withNamedFields(managed, whole.type));
    const kept = withoutFields(whole.type, whole.object, difference(namedFieldsIn(whole, whole.object), keep));
    result = viewAtFrom(scope, kept, version, apiVersion)?.object ?? result;
  }
  return result;
}

const viewAtFrom = (scope: FieldScope, object: Members, from: string, to: string): View | undefined => scope.convert({ ...object, apiVersion: from }, to);

/** What this manager did not have comes back, whoever does. */
function addBackForeign(merged: View, pruned: Members, lastSet: FieldSet): Members {
  const gone = difference(namedFieldsIn(merged, merged.object), namedFieldsIn(merged, pruned));
  return withoutFields(merged.type, merged.object, intersection(gone, lastSet));
}
