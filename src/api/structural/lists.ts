import type { FieldError } from '../errors';
import { goSyntax } from '../go/syntax';
import { duplicate, invalidValue, ShownAs } from '../validation';
import { below, isMembers, memberOf, type Members, type Schema } from './schema';

/** Items of sets and maps that occur twice. Source: listtype.ValidateListSetsAndMaps. */
export function repeatedItems(value: unknown, schema: Schema | undefined, path = ''): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    return [...repeatedIn(value, schema, path), ...value.flatMap((item, at) => repeatedItems(item, schema.items, `${path}[${at}]`))];
  }
  if (!isMembers(value)) return [];
  return Object.keys(value).flatMap((name) => repeatedItems(value[name], memberOf(schema, name), below(path, name)));
}

function repeatedIn(items: readonly unknown[], schema: Schema, path: string): FieldError[] {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') return repeats(items).map((at) => duplicate(`${path}[${at}]`, shown(items[at])));
  return type === 'map' ? repeatedKeys(items, schema['x-kubernetes-list-map-keys'] ?? [], path) : [];
}

function repeatedKeys(items: readonly unknown[], names: readonly string[], path: string): FieldError[] {
  const wrong = items.findIndex((item) => item !== null && !isMembers(item));
  if (wrong >= 0) return [invalidValue(`${path}[${wrong}]`, shown(items[wrong]), 'must be an object for an array of list-type map')];
  const keys = items.map((item) => keyOf(item as Members | null, names));
  return repeats(keys).map((at) => duplicate(`${path}[${at}]`, shown(keys[at])));
}

const keyOf = (item: Members | null, names: readonly string[]): Members =>
  Object.fromEntries(names.filter((name) => item?.[name] !== undefined).map((name) => [name, item![name]]));

/** Where something comes for the second time; not for the third. */
function repeats(items: readonly unknown[]): number[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, at) => {
    const text = canonical(item);
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return times === 1 ? [at] : [];
  });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isMembers(value)) return JSON.stringify(value ?? null);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

/** As `%#v` prints a value without a type. */
export const shown = (value: unknown): unknown => (typeof value === 'object' && value !== null ? new ShownAs(goSyntax(value)) : value);
