import type { FieldError } from '../errors';
import { quote } from '../go/quote';
import { formatNumber } from '../go/format';
import { compileRegExp, type GoRegExp } from '../go/regexp';
import { deepEqual } from '../equal';
import { invalidValue, notSupportedInOrder, tooLong, typeInvalid } from '../validation';
import { hasFormat } from './formats';
import { shown } from './lists';
import { wholeError } from './outcome';
import { isMembers, type Schema } from './schema';

// Wording: kube-openapi's errors package, as the server turns them into field errors.

/** A bad value is shown; the text names the field once more. */
export const invalidIn = (path: string, value: unknown, text: string): FieldError => invalidValue(path, shown(value), `${path} in body ${text}`);

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return isMembers(value) ? 'object' : typeof value;
};

export const typesOf = (schema: Schema): readonly string[] =>
  (schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type ? [schema.type] : []);

export function wrongType(value: unknown, schema: Schema, path: string): FieldError[] {
  const types = typesOf(schema);
  const found = typeName(value);
  if (!types.length || types.includes(found)) return [];
  if (value === null ? schema.nullable : found === 'integer' && types.includes('number')) return [];
  return [typeInvalid(path, found, `${path} in body must be of type ${types.join(',')}: ${quote(found)}`)];
}

export function wrongEnum(value: unknown, { enum: allowed }: Schema, path: string): FieldError[] {
  if (!allowed?.length || allowed.some((one) => deepEqual(one, value))) return [];
  return [notSupportedInOrder(path, shown(value), allowed.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))))];
}

export function wrongText(value: string, { maxLength, minLength, pattern, format }: Schema, path: string): FieldError[] {
  const length = [...value].length;
  return [
    ...(maxLength !== undefined && length > maxLength ? [tooLong(path, maxLength)] : []),
    ...(minLength !== undefined && length < minLength ? [invalidIn(path, value, `should be at least ${minLength} chars long`)] : []),
    ...(pattern && !matchesPattern(pattern, value) ? [invalidIn(path, value, `should match '${pattern}'`)] : []),
    ...(format && !hasFormat(format, value) ? [typeInvalid(path, value, `${path} in body must be of type ${format}: ${quote(value)}`)] : []),
  ];
}

export function wrongNumber(value: number, schema: Schema, path: string): FieldError[] {
  const { multipleOf, maximum, minimum, exclusiveMaximum, exclusiveMinimum } = schema;
  return [
    ...outOfFormat(value, schema),
    ...(multipleOf && !Number.isInteger(value / multipleOf) ? [invalidIn(path, value, `should be a multiple of ${formatNumber(multipleOf)}`)] : []),
    ...(maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)
      ? [invalidIn(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${formatNumber(maximum)}`)] : []),
    ...(minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)
      ? [invalidIn(path, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${formatNumber(minimum)}`)] : []),
  ];
}

const ranges: Readonly<Record<string, readonly [number, number]>> = { int32: [-(2 ** 31), 2 ** 31 - 1], uint32: [0, 2 ** 32 - 1] };

function outOfFormat(value: number, { type, format }: Schema): FieldError[] {
  const range = type === 'integer' && format ? ranges[format] : undefined;
  return range && (value < range[0] || value > range[1]) ? [wholeError(`Checked value must be of type integer with format ${format}`)] : [];
}

const patterns = new Map<string, GoRegExp | Error>();
const patternsMax = 2000;

/** A pattern in Go's syntax, or what is wrong with it. */
export function goRegExp(pattern: string): GoRegExp | Error {
  let known = patterns.get(pattern);
  if (known) return known;
  if (patterns.size >= patternsMax) patterns.clear();
  patterns.set(pattern, (known = compiled(pattern)));
  return known;
}

function compiled(pattern: string): GoRegExp | Error {
  try {
    return compileRegExp(pattern);
  } catch (error) {
    return error as Error;
  }
}

function matchesPattern(pattern: string, value: string): boolean {
  const regExp = goRegExp(pattern);
  return !(regExp instanceof Error) && regExp.test(value);
}
