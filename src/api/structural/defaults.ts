import { isMembers, memberOf, propertyOf, type Members, type Schema } from './schema';

/** Null that the schema does not allow for. */
const isMisplacedNull = (value: unknown, schema: Schema | undefined) => value === null && schema !== undefined && !schema.nullable;

/** Removes nulls that are neither allowed nor replaced by a default, in place. Source: PruneNonNullableNullsWithoutDefaults. */
export function dropNulls(value: unknown, schema: Schema | undefined): void {
  if (Array.isArray(value)) return value.forEach((item) => dropNulls(item, schema?.items));
  if (!isMembers(value)) return;
  for (const name of Object.keys(value)) {
    const member = memberOf(schema, name);
    if (isMisplacedNull(value[name], member) && member!.default === undefined) delete value[name];
    else dropNulls(value[name], member);
  }
}

/** Sets what the schema has defaults for, in place. Idempotent. Source: defaulting.Default. */
export function applyDefaults(value: unknown, schema: Schema | undefined): void {
  if (!schema) return;
  if (Array.isArray(value)) return defaultItems(value, schema.items);
  if (!isMembers(value)) return;
  defaultProperties(value, schema);
  for (const name of Object.keys(value)) {
    const member = memberOf(schema, name);
    if (!propertyOf(schema, name) && isMisplacedNull(value[name], member)) value[name] = structuredClone(member!.default ?? null);
    applyDefaults(value[name], member);
  }
}

function defaultProperties(object: Members, { properties = {} }: Schema): void {
  for (const [name, property] of Object.entries(properties)) {
    if (property.default === undefined || property.default === null) continue;
    if (!Object.hasOwn(object, name) || object[name] === undefined || isMisplacedNull(object[name], property)) object[name] = structuredClone(property.default);
  }
}

function defaultItems(items: unknown[], schema: Schema | undefined): void {
  items.forEach((item, at) => {
    if (isMisplacedNull(item, schema)) items[at] = structuredClone(schema!.default ?? null);
    applyDefaults(items[at], schema);
  });
}
