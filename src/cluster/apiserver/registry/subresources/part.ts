import { patchEntry } from '../patch';
import type { Part } from '../parts';
import { readEntry } from '../read';
import { updateEntry } from '../update';
import type { SubresourceHandler } from './subresource';

/** A subresource through which one part of the object is written, in the object's own form. */
export function partOf(part: Part, subresource: string): SubresourceHandler {
  const options = { part, subresource };
  return {
    get: async ({ registry, kind, namespace, name }) => ({ object: (await readEntry(registry, kind, namespace, name)).object }),
    update: async ({ registry, kind, namespace, name }, object, context) =>
      ({ object: (await updateEntry(registry, kind, namespace, name, () => ({ ...object, metadata: { ...object.metadata } }), options, context)).entry.object }),
    patch: async ({ registry, kind, namespace, name }, patch, context) =>
      ({ object: (await patchEntry(registry, kind, namespace, name, patch, options, context)).entry.object }),
  };
}
