import { isMembers, memberOf, propertyOf, type Members, type Schema } from '../schema';

const keywords = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop',
  'package', 'namespace', 'return', 'var', 'void', 'while']);
const escapes: Readonly<Record<string, string>> = { __: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

/** How an expression names a property. Source: cel.Escape. */
const escaped = (name: string) => (keywords.has(name) ? `__${name}__` : name.replace(/__|[.\-/]/g, (part) => escapes[part]!));

/** A value as expressions see it: integers are integers, times are times, and what the schema does not know is not there. */
export function celValue(value: unknown, schema: Schema | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (isMembers(value)) return celMembers(value, schema);
  if (typeof value === 'number') return Number.isInteger(value) && schema?.type !== 'number' ? BigInt(value) : value;
  return typeof value === 'string' && (schema?.format === 'date-time' || schema?.format === 'date') ? new Date(value) : value;
}

function celMembers(object: Members, schema: Schema | undefined): Members {
  return Object.fromEntries(Object.entries(object).filter(([name]) => memberOf(schema, name)).map(([name, value]) =>
    [propertyOf(schema, name) ? escaped(name) : name, celValue(value, memberOf(schema, name))]));
}

const text: Schema = { type: 'string' };

/** Of every resource a rule sees its type and its name. */
export const asResource = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, apiVersion: text, kind: text, metadata: { type: 'object', properties: { name: text, generateName: text } } },
});
