import { List, Mapping, type Value } from './value';

type Members = Readonly<Record<string, unknown>>;

/** Decoded JSON as expressions see it, without a schema: whole numbers are integers. Looked into only as far as is asked for. */
export function jsonValue(value: unknown): Value {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return new JsonList(value);
  if (typeof value === 'object' && value !== null) return new JsonMapping(value as Members);
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' ? value : null;
}

class JsonList extends List {
  constructor(private readonly items: readonly unknown[]) {
    super();
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return jsonValue(this.items[index]);
  }
}

class JsonMapping extends Mapping {
  constructor(private readonly members: Members) {
    super();
  }

  get size(): number {
    return this.#names().length;
  }

  get(key: Value): Value | undefined {
    return typeof key === 'string' && Object.hasOwn(this.members, key) && this.members[key] !== undefined ? jsonValue(this.members[key]) : undefined;
  }

  keys(): Iterable<Value> {
    return this.#names();
  }

  #names(): string[] {
    return Object.keys(this.members).filter((name) => this.members[name] !== undefined);
  }
}
