import { hasTypeSchema } from '../../schema';
import { conflict } from '../conflict';
import { badDocument, unsupportedStrategic } from '../errors';
import { clone, isMap, type JsonMap } from '../json';
import { patchesConflict } from './conflicts';
import { diffMaps } from './diff';
import { mergeMap } from './merge';

function structType(key: string | undefined): { ref: string } {
  if (key === undefined || !hasTypeSchema(key)) throw unsupportedStrategic();
  return { ref: key };
}

/**
 * Applies a strategic merge patch. `key` names the type in the schema (`io.k8s.api.core.v1.Pod`); a kind without one, such as a custom
 * resource, does not support this format: PatchError 400. A patch of null changes nothing.
 */
export function strategicMergePatch<T>(document: T, patch: unknown, key?: string): T {
  const type = structType(key);
  if (patch === null) return document;
  if (!isMap(patch)) throw badDocument();
  return mergeMap(clone(document) as JsonMap, clone(patch), type, 'apply') as T;
}

/** The strategic merge patch that turns `original` into `modified`. */
export function twoWayStrategicPatch(original: JsonMap, modified: JsonMap, key: string): JsonMap {
  return clone(diffMaps(original, modified, structType(key), { changes: true, deletions: true, elementOrder: true }));
}

/**
 * The patch of client-side apply: what `modified` adds to or changes in `current`, and what it lacks of `original` (the last applied
 * configuration, {} when there is none). Without `overwrite`, a change that others made to the same fields is a PatchError.
 */
export function threeWayStrategicPatch(original: JsonMap, modified: JsonMap, current: JsonMap, key: string, { overwrite = true } = {}): JsonMap {
  const type = structType(key);
  const changes = clone(diffMaps(current, modified, type, { changes: true, deletions: false, elementOrder: true }));
  const deletions = clone(diffMaps(original, modified, type, { changes: false, deletions: true, elementOrder: true }));
  const patch = mergeMap(deletions, changes, type, 'combine');
  if (!overwrite) {
    const drift = diffMaps(original, current, type, { changes: true, deletions: true, elementOrder: false });
    if (patchesConflict(patch, drift, type)) throw conflict(patch, drift);
  }
  return patch;
}
