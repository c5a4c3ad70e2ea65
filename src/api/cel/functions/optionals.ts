import { CelError, Duration, List, Mapping, Optional, Timestamp, Unsigned, type Value } from '../values/value';
import { row, type Overload } from './row';

/** Source: cel-go's optional library. */
export const optionals: readonly Overload[] = [
  row('optional.none() optional(A)', () => Optional.none),
  row('optional.of(A) optional(A)', (value: Value) => new Optional(value)),
  row('optional.ofNonZeroValue(A) optional(A)', (value: Value) => (isZero(value) ? Optional.none : new Optional(value))),
  row('(optional(A)).hasValue() bool', ({ value }: Optional) => value !== undefined),
  row('(optional(A)).value() A', ({ value }: Optional) => {
    if (value === undefined) throw new CelError('optional.none() dereference');
    return value;
  }),
  row('(optional(A)).or(optional(A)) optional(A)', (first: Optional, second: Optional) => (first.value === undefined ? second : first)),
  row('(optional(A)).orValue(A) A', ({ value }: Optional, other: Value) => value ?? other),
];

function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0 || value === 0n || value === '') return true;
  if (value instanceof Unsigned) return value.value === 0n;
  if (value instanceof List || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof Mapping) return value.size === 0;
  return (value instanceof Duration || value instanceof Timestamp) && value.nanos === 0n;
}
