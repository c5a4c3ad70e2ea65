import { compare, equal, listHas } from '../values/compare';
import { asInt, asUnsigned } from '../values/numbers';
import { asDuration } from '../values/time';
import { CelError, Duration, Unsigned, type List, type Value } from '../values/value';
import { listTraversal, sizeOf } from './costs';
import { row, type Overload } from './row';

const summable: readonly (readonly [string, Value, (sum: never, item: never) => Value])[] = [
  ['int', 0n, (sum: bigint, item: bigint) => asInt(sum + item)],
  ['uint', new Unsigned(0n), (sum: Unsigned, item: Unsigned) => asUnsigned(sum.value + item.value)],
  ['double', 0, (sum: number, item: number) => sum + item],
  ['duration', new Duration(0n), (sum: Duration, item: Duration) => asDuration(sum.nanos + item.nanos)],
];

const comparable = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

function extreme(list: List, sign: 1 | -1, name: 'min' | 'max'): Value {
  if (!list.length) throw new CelError(`${name} called on empty list`);
  return [...list].reduce((best, item) => (compare(item, best) * sign < 0 ? item : best));
}

function isSorted(list: List): boolean {
  for (let at = 1; at < list.length; at++) if (compare(list.at(at - 1), list.at(at)) > 0) return false;
  return true;
}

const cost = ([list]: readonly Value[]) => listTraversal(list!);
const positions = (list: List, value: Value): number[] => [...list].flatMap((item, at) => (equal(item, value) ? [at] : []));

const contains = (list: List, sublist: List) => [...sublist].every((item) => listHas(list, item));
const product = ([a, b]: readonly Value[]) => 1 + sizeOf(a!) * sizeOf(b!);

/** Source: k8s.io/apiserver/pkg/cel/library/lists.go and cel-go's ext/sets.go. */
export const lists: readonly Overload[] = [
  ...summable.map(([type, zero, add]) => row(`(list(${type})).sum() ${type}`, (list: List) => [...list].reduce(add as (sum: Value, item: Value) => Value, zero), cost)),
  ...comparable.flatMap((type) => [
    row(`(list(${type})).isSorted() bool`, isSorted, cost),
    row(`(list(${type})).min() ${type}`, (list: List) => extreme(list, 1, 'min'), cost),
    row(`(list(${type})).max() ${type}`, (list: List) => extreme(list, -1, 'max'), cost),
  ]),
  row('(list(A)).indexOf(A) int', (list: List, value: Value) => BigInt(positions(list, value)[0] ?? -1), cost),
  row('(list(A)).lastIndexOf(A) int', (list: List, value: Value) => BigInt(positions(list, value).at(-1) ?? -1), cost),
  row('sets.contains(list(A), list(A)) bool', contains, product),
  row('sets.equivalent(list(A), list(A)) bool', (a: List, b: List) => contains(a, b) && contains(b, a), product),
  row('sets.intersects(list(A), list(A)) bool', (a: List, b: List) => [...a].some((item) => listHas(b, item)), product),
];
