/** `at`: where an error about the expression points, in UTF-16 units from the beginning. */
interface Located {
  readonly at: number;
}

export interface Literal extends Located {
  readonly kind: 'literal';
  readonly value: LiteralValue;
}

/** An unsigned integer, told from a signed one by its class. */
export class Unsigned {
  constructor(readonly value: bigint) {}
}

export type LiteralValue = bigint | number | string | boolean | null | Uint8Array | Unsigned;

export interface Identifier extends Located {
  readonly kind: 'identifier';
  readonly name: string;
}

export interface Select extends Located {
  readonly kind: 'select';
  readonly operand: Expression;
  readonly field: string;
  /** `has(a.b)`: whether it is there. */
  readonly isTest?: true;
  /** `a.?b` */
  readonly isOptional?: true;
}

/** Operators, too, are calls: `_+_`, `_[_]`, `_?_:_`. */
export interface Call extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly target?: Expression;
  readonly args: readonly Expression[];
}

export interface ListLiteral extends Located {
  readonly kind: 'list';
  readonly elements: readonly Element[];
}

export interface Element {
  readonly value: Expression;
  /** `[?a]`: left out when it is none. */
  readonly isOptional: boolean;
}

export interface MapLiteral extends Located {
  readonly kind: 'map';
  readonly entries: readonly (Element & { readonly key: Expression })[];
}

/** `Type{field: value}` */
export interface StructLiteral extends Located {
  readonly kind: 'struct';
  readonly name: string;
}

/** `range.all(x, predicate)`: an expression evaluated for every member of a range. */
export interface Comprehension extends Located {
  readonly kind: 'comprehension';
  readonly macro: ComprehensionMacro;
  readonly range: Expression;
  /** One: the item or key; two: the index or key, and the value. */
  readonly variables: readonly string[];
  readonly filter?: Expression;
  /** The predicate, or what is made of a member. */
  readonly body: Expression;
}

export type ComprehensionMacro = 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'transformList' | 'transformMap' | 'transformMapEntry';

/** `optional.optMap(x, expression)` */
export interface OptionalMap extends Located {
  readonly kind: 'optionalMap';
  readonly target: Expression;
  readonly variable: string;
  readonly body: Expression;
  /** optFlatMap: the body is an optional itself. */
  readonly isFlat: boolean;
}

export type Expression = Literal | Identifier | Select | Call | ListLiteral | MapLiteral | StructLiteral | Comprehension | OptionalMap;
