import { parseExactJson } from '../../../api/exact-json';
import { threeWayMergePatch, threeWayStrategicPatch } from '../../../api/patch';
import type { Unstructured } from '../../../api/meta';
import type { PatchType } from '../../../client/client';
import type { ApiResource } from '../../../client/discovery';
import { lastApplied } from '../../last-applied';
import { strategicTypeOf } from '../../scheme';

export interface ComputedPatch {
  type: PatchType;
  patch: Record<string, unknown>;
}

/**
 * What has to change for `current` to become `modified`: what the last apply set and the file lacks goes, what the
 * file sets is set. Built-in types merge lists by their keys, others as JSON. Throws when apiVersion, kind or name differ.
 */
export function threeWayPatch(resource: ApiResource, modified: Unstructured, current: Unstructured, overwrite: boolean): ComputedPatch {
  const saved = lastApplied(current);
  const original = saved ? (parseExactJson(saved) as Record<string, unknown>) : {};
  const key = strategicTypeOf(resource);
  return key
    ? { type: 'strategic', patch: threeWayStrategicPatch(original, modified, current, key, { overwrite }) }
    : { type: 'merge', patch: threeWayMergePatch(original, modified, current) };
}
