import { ApiError, badRequest } from '../errors';
import { deepEqual } from '../equal';
import { parseGroupVersion, type Unstructured } from '../meta';
import { compare } from './compare';
import { ApplyConflicts, conflictError, isApplyConflicts, type Conflict } from './conflict';
import { entryId, managedEntry, sortedEntries, storedManagers, withSet, type ManagedEntry, type Managers } from './entries';
import { fieldsIn } from './extract';
import { difference, intersection, isEmpty, paths, recursiveDifference } from './field-set';
import { refreshLastApplied, settledByLastApplied } from './last-applied';
import { merge } from './merge';
import { prune } from './prune';
import { comparisonsIn, recordUpdate, withoutUnmanaged } from './record';
import type { FieldScope } from './scope';
import type { Members } from './shape';
import { describeMismatches, mismatches } from './validate';

export interface ApplyOptions {
  readonly manager: string;
  /** Take fields over from others. */
  readonly force: boolean;
  /** metav1.Time of the write. */
  readonly time: string;
}

/** The manager of all that was there before anybody tracked it. */
const beforeFirstApply = 'before-first-apply';

interface Applied {
  /** Undefined when the object stays as it is. */
  readonly object: Members | undefined;
  readonly managers: Managers;
}

/**
 * Server-side apply: the live object (absent: a new one) with the configuration merged in, without what the same manager
 * applied before and now leaves out, and with the managers after it. Throws Conflict with a cause for each field that
 * others manage, BadRequest, and an error of reason Unknown where the configuration does not fit the schema.
 * Source: FieldManager.Apply and Updater.Apply.
 */
export function applyConfiguration(scope: FieldScope, live: Unstructured | undefined, config: Unstructured, options: ApplyOptions): Unstructured {
  assertConfiguration(scope, config);
  const bare = withoutManagers(live);
  const { object, managers } = applyTracked(scope, bare, config, trackedManagers(scope, live, bare, options.time), options);
  const result = (object ?? bare) as Unstructured;
  const refreshed = options.manager === 'kubectl' ? refreshLastApplied(result, config) : result;
  return withManagers(refreshed, managers);
}

function assertConfiguration(scope: FieldScope, config: Unstructured): void {
  const [apiVersion, kind] = [textOrNone(config.apiVersion), textOrNone(config.kind)];
  if (apiVersion !== scope.apiVersion || kind !== scope.kind) throw badRequest(`invalid object type: ${shownKind(apiVersion, kind)}`);
  if (config.metadata?.managedFields) throw badRequest('metadata.managedFields must be nil');
}

/** Nobody has looked at a configuration before; what is no text counts as none, as in Go's unstructured objects. */
const textOrNone = (value: unknown): string => (typeof value === 'string' ? value : '');

/** schema.GroupVersionKind's String. */
function shownKind(apiVersion: string, kind: string): string {
  const { group, version } = parseGroupVersion(apiVersion);
  return `${group}/${version}, Kind=${kind}`;
}

const withoutManagers = (live: Unstructured | undefined): Members => {
  if (!live) return {};
  const { managedFields: _, ...metadata } = live.metadata;
  return { ...live, metadata };
};

const withManagers = (object: Unstructured, managers: Managers): Unstructured =>
  ({ ...object, metadata: { ...object.metadata, ...(managers.size > 0 && { managedFields: sortedEntries(managers) }) } });

/** All that is there without a manager gets one at the first apply. */
function trackedManagers(scope: FieldScope, live: Unstructured | undefined, bare: Members, time: string): Managers {
  const managers = storedManagers(live?.metadata.managedFields);
  return managers.size || !live ? managers : recordUpdate(scope, {}, bare, managers, beforeFirstApply, time);
}

/** A conflict with what kubectl itself applied on the client's side before is none. Source: lastAppliedManager. */
function applyTracked(scope: FieldScope, live: Members, config: Unstructured, managers: Managers, options: ApplyOptions): Applied {
  try {
    return applyOnce(scope, live, config, managers, options);
  } catch (error) {
    if (!isApplyConflicts(error)) throw error;
    const left = options.manager === 'kubectl' ? settledByLastApplied(scope, live as Unstructured, error.conflicts) : error.conflicts;
    if (left.length) throw conflictError(new ApplyConflicts(left));
    return applyOnce(scope, live, config, managers, { ...options, force: true });
  }
}

function applyOnce(scope: FieldScope, live: Members, config: Unstructured, managers: Managers, { manager, force, time }: ApplyOptions): Applied {
  const found = mismatches(scope.type, config);
  if (found.length) throw mistyped(config, found);
  const merged = merge(scope.type, live, config) as Members;
  const identity = { manager, operation: 'Apply', apiVersion: scope.apiVersion, subresource: scope.subresource } as const;
  const id = entryId(identity);
  const last = managers.get(id);
  const set = recursiveDifference(fieldsIn(scope.type, config), scope.reset);
  const own = managedEntry(identity, set, last?.time);
  const object = prune(scope, merged, new Map([...managers, [id, own]]), last);
  const next = new Map(yielded(scope, live, object, managers, id, force));
  const changed = !deepEqual(live, object);
  const kept = withoutUnmanaged(set);
  if (!isEmpty(kept)) next.set(id, managedEntry(identity, kept, changed ? time : last?.time));
  return { object: changed ? object : undefined, managers: next };
}

function mistyped({ apiVersion = '', kind = '', metadata }: Unstructured, found: readonly string[]): ApiError {
  const of = `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}; ${shownKind(apiVersion, kind)}`;
  return new ApiError('Unknown', `failed to create typed patch object (${of}): ${describeMismatches(found)}`);
}

/** The other managers without what changes. Throws ApplyConflicts unless forced. Source: Updater.update. */
function yielded(scope: FieldScope, live: Members, object: Members, managers: Managers, own: string, force: boolean): Map<string, ManagedEntry> {
  const comparisons = comparisonsIn(scope, live, object, compare(scope.type, live, object, scope.skip));
  const next = new Map<string, ManagedEntry>();
  const conflicts: Conflict[] = [];
  for (const [id, entry] of [...managers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (id === own) continue;
    const changes = comparisons(entry.apiVersion);
    if (!changes) continue;
    const lost = intersection(entry.fieldsV1, changes.written);
    conflicts.push(...paths(lost).map((path) => ({ entry, path })));
    const set = difference(difference(entry.fieldsV1, lost), changes.removed);
    if (!isEmpty(set)) next.set(id, withSet(entry, set));
  }
  if (conflicts.length && !force) throw new ApplyConflicts(conflicts);
  return next;
}
