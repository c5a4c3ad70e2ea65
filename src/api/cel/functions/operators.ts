import { compare, equal, listHas } from '../values/compare';
import { asInt, asUnsigned, divided } from '../values/numbers';
import type { Duration, Timestamp} from '../values/value';
import { ArrayList, CelError, Optional, Unsigned, type List, type Mapping, type Value } from '../values/value';
import { asDuration, asTimestamp } from '../values/time';
import { comparison, sizeOf, traversal } from './costs';
import { row, type Overload } from './row';

const joinCost = ([a, b]: readonly Value[]) => traversal(a!) + traversal(b!);

const arithmetic: readonly Overload[] = [
  row('_+_(int, int) int', (a: bigint, b: bigint) => asInt(a + b)),
  row('_+_(uint, uint) uint', (a: Unsigned, b: Unsigned) => asUnsigned(a.value + b.value)),
  row('_+_(double, double) double', (a: number, b: number) => a + b),
  row('_+_(string, string) string', (a: string, b: string) => a + b, joinCost),
  row('_+_(bytes, bytes) bytes', (a: Uint8Array, b: Uint8Array) => Buffer.concat([a, b]), joinCost),
  row('_+_(list(A), list(A)) list(A)', (a: List, b: List) => a.plus?.(b) ?? new ArrayList([...a, ...b])),
  row('_+_(timestamp, duration) timestamp', (a: Timestamp, b: Duration) => asTimestamp(a.nanos + b.nanos)),
  row('_+_(duration, timestamp) timestamp', (a: Duration, b: Timestamp) => asTimestamp(a.nanos + b.nanos)),
  row('_+_(duration, duration) duration', (a: Duration, b: Duration) => asDuration(a.nanos + b.nanos)),
  row('_-_(int, int) int', (a: bigint, b: bigint) => asInt(a - b)),
  row('_-_(uint, uint) uint', (a: Unsigned, b: Unsigned) => asUnsigned(a.value - b.value)),
  row('_-_(double, double) double', (a: number, b: number) => a - b),
  row('_-_(timestamp, timestamp) duration', (a: Timestamp, b: Timestamp) => asDuration(a.nanos - b.nanos)),
  row('_-_(timestamp, duration) timestamp', (a: Timestamp, b: Duration) => asTimestamp(a.nanos - b.nanos)),
  row('_-_(duration, duration) duration', (a: Duration, b: Duration) => asDuration(a.nanos - b.nanos)),
  row('_*_(int, int) int', (a: bigint, b: bigint) => asInt(a * b)),
  row('_*_(uint, uint) uint', (a: Unsigned, b: Unsigned) => asUnsigned(a.value * b.value)),
  row('_*_(double, double) double', (a: number, b: number) => a * b),
  row('_/_(int, int) int', (a: bigint, b: bigint) => asInt(divided(a, b, 'division'))),
  row('_/_(uint, uint) uint', (a: Unsigned, b: Unsigned) => asUnsigned(divided(a.value, b.value, 'division'))),
  row('_/_(double, double) double', (a: number, b: number) => a / b),
  row('_%_(int, int) int', (a: bigint, b: bigint) => divided(a, b, 'modulus')),
  row('_%_(uint, uint) uint', (a: Unsigned, b: Unsigned) => asUnsigned(divided(a.value, b.value, 'modulus'))),
  row('-_(int) int', (a: bigint) => asInt(-a)),
  row('-_(double) double', (a: number) => -a),
  row('!_(bool) bool', (a: boolean) => !a),
];

const numbers = ['int', 'uint', 'double'];
const pairs = [...numbers.flatMap((a) => numbers.map((b) => [a, b] as const)), ...['bool', 'string', 'bytes', 'timestamp', 'duration'].map((type) => [type, type] as const)];

const orders: readonly (readonly [string, (order: number) => boolean])[] = [
  ['_<_', (order) => order < 0], ['_<=_', (order) => order <= 0], ['_>_', (order) => order > 0], ['_>=_', (order) => order >= 0],
];

const comparisons: readonly Overload[] = [
  ...orders.flatMap(([name, holds]) => pairs.map(([a, b]) => row(`${name}(${a}, ${b}) bool`, (left: Value, right: Value) => holds(compare(left, right)), comparison))),
  row('_==_(A, A) bool', (a: Value, b: Value) => equal(a, b), comparison),
  row('_!=_(A, A) bool', (a: Value, b: Value) => !equal(a, b), comparison),
  row('@in(A, list(A)) bool', (value: Value, list: List) => listHas(list, value), ([, list]) => sizeOf(list!)),
  row('@in(A, map(A, B)) bool', (key: Value, map: Mapping) => map.get(key) !== undefined),
];

/** Throws CelError. */
function itemAt(list: List, key: Value): Value {
  const index = indexOf(key);
  if (index === undefined) throw new CelError(`unsupported index type '${typeof key}' in list`);
  if (index < 0 || index >= list.length) throw new CelError(`index out of bounds: ${index}`);
  return list.at(index);
}

function indexOf(key: Value): number | undefined {
  if (typeof key === 'bigint') return Number(key);
  if (key instanceof Unsigned) return Number(key.value);
  return typeof key === 'number' && Number.isInteger(key) ? key : undefined;
}

/** Throws CelError. */
function memberAt(map: Mapping, key: Value): Value {
  const value = map.get(key);
  if (value === undefined) throw noSuchKey(key);
  return value;
}

export const noSuchKey = (key: Value) => new CelError(`no such key: ${key instanceof Unsigned ? key.value : String(key)}`);

const present = (read: () => Value | undefined): Optional => {
  const value = read();
  return value === undefined ? Optional.none : new Optional(value);
};

const itemOrNone = (list: List, key: Value): Optional => {
  const index = indexOf(key);
  return index === undefined || index < 0 || index >= list.length ? Optional.none : new Optional(list.at(index));
};

const within = <C extends Value>(optional: Optional, read: (container: C) => Optional): Optional =>
  (optional.value === undefined ? Optional.none : read(optional.value as C));

const access: readonly Overload[] = [
  row('_[_](list(A), int) A', itemAt),
  row('_[_](map(A, B), A) B', memberAt),
  row('_[_](optional(list(V)), int) optional(V)', (list: Optional, index: Value) => within(list, (of: List) => itemOrNone(of, index))),
  row('_[_](optional(map(K, V)), K) optional(V)', (map: Optional, key: Value) => within(map, (of: Mapping) => present(() => of.get(key)))),
  row('_[?_](list(V), int) optional(V)', itemOrNone),
  row('_[?_](map(K, V), K) optional(V)', (map: Mapping, key: Value) => present(() => map.get(key))),
  row('_[?_](optional(list(V)), int) optional(V)', (list: Optional, index: Value) => within(list, (of: List) => itemOrNone(of, index))),
  row('_[?_](optional(map(K, V)), K) optional(V)', (map: Optional, key: Value) => within(map, (of: Mapping) => present(() => of.get(key)))),
];

export const operators: readonly Overload[] = [...arithmetic, ...comparisons, ...access];
