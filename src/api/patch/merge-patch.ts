import { failed, PatchError } from './errors';
import { clone, equal, get, has, isMap, put, type JsonMap } from './json';
import { formatValue } from '../go/format';
import { conflict } from './conflict';

/** A new value has no use for nulls, neither as members nor, in this implementation, as items. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isMap(value)) return value;
  const result: JsonMap = {};
  for (const key of Object.keys(value)) if (value[key] !== null) put(result, key, withoutNulls(value[key]));
  return result;
}

function mergeValue(current: unknown, patch: unknown): unknown {
  if (!isMap(current)) return withoutNulls(patch);
  return isMap(patch) ? mergeMaps(current, patch) : clone(patch);
}

function mergeMaps(current: JsonMap, patch: JsonMap): JsonMap {
  const result: JsonMap = { ...current };
  for (const key of Object.keys(patch)) {
    const change = patch[key];
    if (change === null) delete result[key];
    else put(result, key, mergeValue(get(current, key), change));
  }
  return result;
}

/** Applies an RFC 7386 patch. An array as patch replaces the document, as upstream has it; a scalar is a PatchError. */
export function mergePatch<T>(document: T, patch: unknown): T {
  if (Array.isArray(patch)) return withoutNulls(patch) as T;
  if (!isMap(patch)) throw new PatchError('Invalid JSON Patch', 400);
  return mergeValue(document, patch) as T;
}

/** The RFC 7386 patch that turns `original` into `modified`. Lists are replaced whole. */
export function createMergePatch(original: JsonMap, modified: JsonMap): JsonMap {
  const patch: JsonMap = {};
  for (const key of Object.keys(modified)) {
    const [before, after] = [get(original, key), modified[key]];
    if (isMap(before) && isMap(after)) {
      const difference = createMergePatch(before, after);
      if (Object.keys(difference).length) put(patch, key, difference);
    } else if (!has(original, key) || !equal(before, after)) put(patch, key, clone(after));
  }
  for (const key of Object.keys(original)) if (!has(modified, key)) put(patch, key, null);
  return patch;
}

/** The part of a patch that deletes, or the part that adds and changes. An explicit empty map is a value. */
function filterNulls(patch: JsonMap, keep: 'deletions' | 'changes'): JsonMap {
  const result: JsonMap = {};
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (isMap(value) && Object.keys(value).length) {
      const inner = filterNulls(value, keep);
      if (Object.keys(inner).length) put(result, key, inner);
    } else if ((value === null) === (keep === 'deletions')) put(result, key, value);
  }
  return result;
}

/** Two patches that set a member to different things. Source: mergepatch.HasConflicts. */
function hasConflicts(left: unknown, right: unknown): boolean {
  if (isMap(left)) return !isMap(right) || Object.keys(left).some((key) => has(right, key) && hasConflicts(left[key], right[key]));
  if (Array.isArray(left)) {
    return !Array.isArray(right) || left.length !== right.length || left.some((item, i) => hasConflicts(item, right[i]));
  }
  return left !== right;
}

/** Deletions stay nulls, as they are still to be sent. */
function addChanges(deletions: JsonMap, changes: JsonMap): JsonMap {
  const result: JsonMap = { ...deletions };
  for (const key of Object.keys(changes)) {
    const [before, after] = [get(deletions, key), changes[key]];
    put(result, key, isMap(before) && isMap(after) ? addChanges(before, after) : after);
  }
  return result;
}

/**
 * The patch of client-side apply for kinds without a Go type: what `modified` adds to or changes in `current`, and what it lacks of
 * `original` (the last applied configuration, {} when there is none). Throws PatchError when apiVersion, kind or name would change.
 */
export function threeWayMergePatch(original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap {
  const changes = filterNulls(createMergePatch(current, modified), 'changes');
  const deletions = filterNulls(createMergePatch(original, modified), 'deletions');
  if (hasConflicts(changes, deletions)) throw conflict(changes, deletions);
  const patch = addChanges(deletions, changes);
  const metadata = get(patch, 'metadata');
  if (has(patch, 'apiVersion') || has(patch, 'kind') || (isMap(metadata) && has(metadata, 'name'))) {
    throw failed(`precondition failed for: ${formatValue(patch)}`);
  }
  return patch;
}
