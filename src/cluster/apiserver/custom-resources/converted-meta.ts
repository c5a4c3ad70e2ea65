import type { Unstructured } from '../../../api/meta';
import { aggregate, validateAnnotations, validateLabels } from '../../../api/validation';
import { isMembers } from '../../../api/structural/schema';
import { deepEqual } from '../../../api/equal';

const fields = ['labels', 'annotations'] as const;
const rules = { labels: validateLabels, annotations: validateAnnotations };
const paths = { labels: 'metadata.labels', annotations: 'metadata.annotation' };

/** The metadata of the original with the labels and annotations of the converted object: all that a conversion may change. Throws an Error. Source: restoreObjectMeta. */
export function restoredMeta(original: Unstructured, converted: Unstructured): Unstructured['metadata'] {
  const { metadata } = converted as { metadata?: unknown };
  if (metadata === undefined) throw new Error('missing metadata in converted object');
  if (!isMembers(metadata)) throw new Error(`invalid metadata of type ${goType(metadata)} in converted object`);
  const restored = { ...original.metadata };
  for (const field of fields) {
    const texts = textsOf(field, metadata[field]);
    if (texts && !deepEqual(texts, original.metadata[field])) assertGood(field, texts);
    if (texts) restored[field] = texts;
    else delete restored[field];
  }
  return restored;
}

function textsOf(field: (typeof fields)[number], value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMembers(value)) throw new Error(`invalid metadata.${field} of type ${goType(value)} in converted object`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new Error(`metadata.${field}[${key}] must be a string, but is ${goType(text)} in converted object`);
  }
  return value as Record<string, string>;
}

function assertGood(field: (typeof fields)[number], texts: Record<string, string>): void {
  const errors = rules[field](texts, paths[field]);
  if (errors.length) throw new Error(aggregate(errors));
}

/** `%T` of what encoding/json makes of a value. */
function goType(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  return typeof value === 'object' ? 'map[string]interface {}' : { string: 'string', boolean: 'bool', number: Number.isInteger(value) ? 'int64' : 'float64' }[typeof value as 'string'];
}
