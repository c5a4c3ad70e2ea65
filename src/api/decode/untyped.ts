import { DecodeFailure, NumberToken, type Walk } from './walk';

/**
 * A value without a schema: integers stay integers, every other number is a double, as Go decodes into interface{}.
 * Integers between 2^53 and 2^63 are refused, for they would lose digits here but not there.
 */
export function resolveNumbers(value: unknown, walk: Walk): unknown {
  if (value instanceof NumberToken) return resolve(value.text, walk);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return resolveItems(value, walk);
  return resolveMembers(value as Record<string, unknown>, walk);
}

function resolveItems(given: unknown[], walk: Walk): unknown[] {
  const items = walk.keeps ? [...given] : given;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (typeof item === 'object' && item !== null) items[at] = walk.at(at, resolveNumbers, item);
  }
  return items;
}

function resolveMembers(given: Record<string, unknown>, walk: Walk): Record<string, unknown> {
  const object = walk.keeps ? defined(given) : given;
  reportRepeated(object, walk);
  for (const key of Object.keys(object)) {
    const member = object[key];
    if (typeof member === 'object' && member !== null) {
      const resolved = walk.at(key, resolveNumbers, member);
      if (resolved !== member) object[key] = resolved;
    }
  }
  return object;
}

function defined(object: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...object };
  for (const key of Object.keys(copy)) if (copy[key] === undefined) delete copy[key];
  return copy;
}

export function reportRepeated(object: object, walk: Walk): void {
  const members = walk.repeated.get(object);
  if (!members) return;
  const seen = new Set<string>();
  for (const [key] of members) {
    if (seen.has(key)) walk.duplicateField(key);
    seen.add(key);
  }
}

function resolve(text: string, walk: Walk): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text)) {
    if (Number.isSafeInteger(value)) return value + 0;
    if (BigInt.asIntN(64, BigInt(text)) === BigInt(text)) {
      throw new DecodeFailure(`${walk.location}: the integer ${text} is beyond ±9007199254740991, which is not supported`);
    }
  }
  if (!Number.isFinite(value)) walk.failType(`number ${text}`, 'float64');
  return value;
}
