import { below, isMembers, metaFields, propertyOf, valuesOf, type Members, type Schema } from './schema';

const resource = 'x-kubernetes-embedded-resource';
const preserves = 'x-kubernetes-preserve-unknown-fields';

/**
 * Removes what the schema does not know, in place; the fields that every object has stay. Returns the paths of what was
 * unknown, sorted: `spec.foo`. Source: pruning.PruneWithOptions.
 */
export function prune(object: Members, schema: Schema): string[] {
  const unknown: string[] = [];
  pruneValue(object, { ...schema, [resource]: true }, '', unknown);
  return unknown.sort();
}

function pruneValue(value: unknown, schema: Schema | undefined, path: string, unknown: string[]): void {
  if (Array.isArray(value)) return value.forEach((item, at) => (schema?.[preserves]
    ? pruneBelow(item, schema.items, `${path}[${at}]`, unknown)
    : pruneValue(item, schema?.items, `${path}[${at}]`, unknown)));
  if (!isMembers(value)) return;
  for (const name of Object.keys(value)) pruneMember(value, name, schema, path, unknown);
}

function pruneMember(owner: Members, name: string, schema: Schema | undefined, path: string, unknown: string[]): void {
  if (schema?.[resource] && metaFields.has(name)) return;
  const at = below(path, name);
  const declared = propertyOf(schema, name);
  if (declared) return pruneValue(owner[name], declared, at, unknown);
  if (schema && schema.additionalProperties !== undefined) return pruneValue(owner[name], valuesOf(schema), at, unknown);
  if (schema?.[preserves]) return;
  if (path || !metaFields.has(name)) unknown.push(at);
  delete owner[name];
}

/** In a list whose owner keeps unknown fields. */
function pruneBelow(value: unknown, schema: Schema | undefined, path: string, unknown: string[]): void {
  if (schema) pruneValue(value, { ...schema, [preserves]: true }, path, unknown);
}
