import { mapOf, listOf, opaque, optionalOf, parameter, types, typeType, type Type } from '../types';
import { TypeValue } from '../values/value';

const anything = parameter('A');

/** Names that stand for types, by what `type(x)` gives at run time. */
const named: Readonly<Record<string, Type>> = {
  int: types.int, uint: types.uint, double: types.double, bool: types.bool, string: types.string, bytes: types.bytes, null_type: types.null,
  list: listOf(types.dyn), map: mapOf(types.dyn, types.dyn), type: typeType(), dyn: types.dyn, optional_type: optionalOf(anything),
  'google.protobuf.Timestamp': types.timestamp, 'google.protobuf.Duration': types.duration,
  'net.IP': opaque('net.IP'), 'net.CIDR': opaque('net.CIDR'), 'kubernetes.Quantity': opaque('kubernetes.Quantity'), 'kubernetes.URL': opaque('kubernetes.URL'),
};

/** The type of the name itself, and its value; undefined for what names no type. */
export function typeNamed(name: string): { type: Type; value: TypeValue } | undefined {
  const plain = name.replace(/^\./, '');
  const of = Object.hasOwn(named, plain) ? named[plain] : undefined;
  return of && { type: typeType(of), value: new TypeValue(plain) };
}
