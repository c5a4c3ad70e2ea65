import { types, type Type } from '../types';
import { Unsigned, type LiteralValue } from '../syntax/ast';

export function literalType(value: LiteralValue): Type {
  switch (typeof value) {
    case 'bigint': return types.int;
    case 'number': return types.double;
    case 'string': return types.string;
    case 'boolean': return types.bool;
    default: return value === null ? types.null : value instanceof Unsigned ? types.uint : types.bytes;
  }
}
