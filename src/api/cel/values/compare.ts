import { CelError, Duration, List, Mapping, noSuchOverload, Opaque, Optional, Timestamp, TypeValue, Unsigned, type Value } from './value';

type Numeric = bigint | number | Unsigned;
const isNumeric = (value: Value): value is Numeric => typeof value === 'bigint' || typeof value === 'number' || value instanceof Unsigned;
const bare = (value: Numeric): bigint | number => (value instanceof Unsigned ? value.value : value);

/** Values of different types are not equal; numbers are equal by what they count. Source: cel-go's types.Equal. */
export function equal(a: Value, b: Value): boolean {
  if (isNumeric(a) && isNumeric(b)) return bare(a) == bare(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  for (const [of, equals] of equalities) if (a instanceof of) return b instanceof of && equals(a as never, b as never);
  return false;
}

// eslint would have every pair typed for itself: the class on the left vouches for what the function takes.
type Equality = readonly [abstract new (...args: never[]) => object, (a: never, b: never) => boolean];

const equalities: readonly Equality[] = [
  [Uint8Array, (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0],
  [List, (a: List, b: List) => a.equals?.(b) ?? b.equals?.(a) ?? sameItems(a, b)],
  [Mapping, (a: Mapping, b: Mapping) => sameMembers(a, b)],
  [Timestamp, (a: Timestamp, b: Timestamp) => a.nanos === b.nanos],
  [Duration, (a: Duration, b: Duration) => a.nanos === b.nanos],
  [TypeValue, (a: TypeValue, b: TypeValue) => a.name === b.name],
  [Optional, (a: Optional, b: Optional) => (a.value === undefined || b.value === undefined ? a.value === b.value : equal(a.value, b.value))],
  [Opaque, (a: Opaque, b: Opaque) => a.typeName === b.typeName && a.equals(b)],
];

function sameItems(a: List, b: List): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!equal(a.at(at), b.at(at))) return false;
  return true;
}

function sameMembers(a: Mapping, b: Mapping): boolean {
  if (a.size !== b.size) return false;
  for (const key of a.keys()) {
    const other = b.get(key);
    if (other === undefined || !equal(a.get(key)!, other)) return false;
  }
  return true;
}

/** Below zero when the first is less. Throws CelError for what has no order. */
export function compare(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(bare(a), bare(b));
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return compareNumbers(a.nanos, b.nanos);
  if (a instanceof Duration && b instanceof Duration) return compareNumbers(a.nanos, b.nanos);
  throw noSuchOverload();
}

function compareNumbers(a: bigint | number, b: bigint | number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) throw new CelError('NaN values cannot be ordered');
  return a < b ? -1 : a > b ? 1 : 0;
}

export const listHas = (list: List, value: Value): boolean => {
  for (const item of list) if (equal(item, value)) return true;
  return false;
};
