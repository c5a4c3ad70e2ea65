import { Unsigned } from '../syntax/ast';

export { Unsigned };

/** What expressions work on. An integer is a bigint, a floating-point number a number. */
export type Value = bigint | Unsigned | number | string | boolean | null | Uint8Array | Timestamp | Duration | TypeValue | List | Mapping | Optional | Opaque;

/** An error of evaluation. Most of them are absorbed by `||` and `&&` when the other side decides. */
export class CelError extends Error {
  override readonly name: string = 'CelError';
}

/** Ends the evaluation whatever stands around it. Wording: cel-go's interpreter. */
export class CostExceeded extends Error {
  override readonly name = 'CostExceeded';

  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}

export const isCelError = (error: unknown): error is CelError => error instanceof Error && error.name === 'CelError';

export const isCostExceeded = (error: unknown): error is CostExceeded => error instanceof Error && error.name === 'CostExceeded';

export const noSuchOverload = () => new CelError('no such overload');

/** Nanoseconds since the epoch. */
export class Timestamp {
  constructor(readonly nanos: bigint) {}
}

/** In nanoseconds. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

/** A type as a value: `int`, `list`, `google.protobuf.Timestamp`. */
export class TypeValue {
  constructor(readonly name: string) {}
}

export abstract class List {
  abstract readonly length: number;
  abstract at(index: number): Value;
  /** How lists of this kind are compared and added, where it is not item by item. Source: x-kubernetes-list-type in k8s.io/apiserver/pkg/cel/common. */
  equals?(other: List): boolean;
  plus?(other: List): List;

  *[Symbol.iterator](): Iterator<Value> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

export class ArrayList extends List {
  constructor(readonly items: readonly Value[]) {
    super();
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return this.items[index]!;
  }
}

/** A map, or a structure of fields. */
export abstract class Mapping {
  /** Of a structure; maps have none. */
  readonly typeName: string | undefined = undefined;
  abstract readonly size: number;
  abstract get(key: Value): Value | undefined;
  abstract keys(): Iterable<Value>;
}

/** Keys that are equal as numbers are one. */
const keyText = (key: Value): string => {
  if (typeof key === 'bigint') return `n${key}`;
  if (key instanceof Unsigned) return `n${key.value}`;
  if (typeof key === 'number' && Number.isInteger(key)) return `n${BigInt(key)}`;
  return `${typeof key}${String(key)}`;
};

export class EntryMap extends Mapping {
  readonly #entries = new Map<string, readonly [Value, Value]>();

  constructor(entries: Iterable<readonly [Value, Value]>) {
    super();
    for (const [key, value] of entries) {
      const text = keyText(key);
      if (this.#entries.has(text)) throw new CelError(`Failed with repeated key`);
      this.#entries.set(text, [key, value]);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(keyText(key))?.[1];
  }

  *keys(): Iterable<Value> {
    for (const [key] of this.#entries.values()) yield key;
  }
}

export class Optional {
  constructor(readonly value: Value | undefined) {}

  static readonly none = new Optional(undefined);
}

/** A value of a library: what can be done with it is what the library's functions do. */
export abstract class Opaque {
  abstract readonly typeName: string;
  /** For `==`. */
  abstract equals(other: Opaque): boolean;
}
