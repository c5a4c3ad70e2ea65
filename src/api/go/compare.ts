/** A number that is a float64 in Go although it looks like an integer: `1.0`. */
export class Float {
  constructor(readonly value: number) {}
}

/** Decoded JSON as encoding/json gives it, to which every number is a float64. */
export function withFloats(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return new Float(Number(value));
  if (Array.isArray(value)) return value.map(withFloats);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withFloats(member)]));
}

/** An int of Go's own: a literal or a length, where decoded numbers are int64. */
export class Int {
  constructor(readonly value: number) {}
}

/** The kinds that text/template compares. */
export type BasicKind = 'bool' | 'int' | 'float' | 'string';

const badType = 'invalid type for comparison';
const incompatible = 'incompatible types for comparison';

export function basicKind(value: unknown): BasicKind | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof Float) return 'float';
  if (value instanceof Int || typeof value === 'bigint') return 'int';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'int' : 'float') : undefined;
}

const plain = (value: unknown) => (value instanceof Float || value instanceof Int ? value.value : value) as string | number | bigint | boolean;

/** Both kinds must be the same: an int does not compare with a float. */
function sameKind(a: unknown, b: unknown): BasicKind {
  const [kindA, kindB] = [basicKind(a), basicKind(b)];
  if (!kindA || !kindB) throw new Error(badType);
  if (kindA !== kindB) throw new Error(incompatible);
  return kindA;
}

export function goEqual(a: unknown, b: unknown): boolean {
  sameKind(a, b);
  // By order, which a bigint has with a number.
  return plain(a) <= plain(b) && plain(a) >= plain(b);
}

export function goLess(a: unknown, b: unknown): boolean {
  if (sameKind(a, b) === 'bool') throw new Error(badType);
  return plain(a) < plain(b);
}

/** The operators of a filter, in the error order of text/template. */
export const comparisons: Record<string, (a: unknown, b: unknown) => boolean> = {
  '==': goEqual,
  '!=': (a, b) => !goEqual(a, b),
  '<': goLess,
  '<=': (a, b) => goLess(a, b) || goEqual(a, b),
  '>': (a, b) => !(goLess(a, b) || goEqual(a, b)),
  '>=': (a, b) => !goLess(a, b),
};
