import type { Opaque} from './value';
import { Duration, List, Mapping, Optional, Timestamp, TypeValue, Unsigned, type Value } from './value';

/** The name of a value's type at run time. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'bigint': return 'int';
    case 'number': return 'double';
    case 'string': return 'string';
    case 'boolean': return 'bool';
    default: return value === null ? 'null_type' : nameOfObject(value);
  }
}

function nameOfObject(value: Exclude<Value, bigint | number | string | boolean | null>): string {
  if (value instanceof Unsigned) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof List) return 'list';
  if (value instanceof Mapping) return value.typeName ?? 'map';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof TypeValue) return 'type';
  return value instanceof Optional ? 'optional_type' : (value satisfies Opaque).typeName;
}
