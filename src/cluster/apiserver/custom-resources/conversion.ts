import { groupVersion, type Unstructured } from '../../../api/meta';
import { applyDefaults, coerce, type Schema } from '../../../api/structural';
import type { Conversion } from '../../../kinds/kind';
import type { Convert } from './conversion-webhook';
import { cloneObject } from '../registry/clone';

/**
 * Between the versions of a definition whose conversion is None: the apiVersion changes and nothing else. What the schema
 * of the version asked for does not know vanishes on reading, what it has defaults for appears.
 */
export function noneConversion(group: string, version: string, storageVersion: string, schema: Schema): Conversion<Unstructured> {
  const [served, stored] = [groupVersion({ group, version }), groupVersion({ group, version: storageVersion })];
  return {
    fromStored(object) {
      const copy = { ...cloneObject(object), apiVersion: served } as Unstructured;
      coerce(copy, schema);
      applyDefaults(copy, schema);
      return copy;
    },
    toStored: (object): Unstructured => ({ ...object, apiVersion: stored }),
  };
}

/** Between the versions of a definition that has a webhook for it. */
export function askedConversion(group: string, version: string, storageVersion: string, schema: Schema, convert: Convert): Conversion<Unstructured> {
  const [served, stored] = [groupVersion({ group, version }), groupVersion({ group, version: storageVersion })];
  return { ...noneConversion(group, version, storageVersion, schema), ask: (objects, form) => convert(objects, form === 'served' ? served : stored) };
}
