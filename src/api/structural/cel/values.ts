import { equal, listHas } from '../../cel/values/compare';
import { jsonValue } from '../../cel/values/json';
import { parseDuration, parseTimestamp } from '../../cel/values/time';
import { ArrayList, CelError, List, Mapping, Timestamp, type Value } from '../../cel/values/value';
import { isMembers, memberOf, propertyOf, type Members, type Schema } from '../schema';
import { escaped } from './names';
import { asResource } from './type';

/** A value as expressions see it by its schema. Source: UnstructuredToVal in k8s.io/apiserver/pkg/cel/common. */
export function schemaValue(value: unknown, schema: Schema): Value {
  if (schema['x-kubernetes-int-or-string'] || value === null) return jsonValue(value);
  if (Array.isArray(value)) return new SchemaList(value, schema);
  if (isMembers(value)) return new SchemaMapping(value, schema['x-kubernetes-embedded-resource'] ? asResource(schema) : schema);
  if (typeof value === 'number') return schema.type === 'number' ? value : jsonValue(value);
  return typeof value === 'string' ? formatted(value, schema.format) : jsonValue(value);
}

function formatted(text: string, format: string | undefined): Value {
  switch (format) {
    case 'duration': return parseDuration(text) ?? invalid('duration', text);
    case 'date': return parseTimestamp(`${text}T00:00:00Z`) ?? invalid('date formatted string', text);
    case 'date-time': return timeOf(text);
    case 'byte': return Buffer.from(text, 'base64');
    default: return text;
  }
}

/** What a client may write as a time is a little more than RFC 3339. */
function timeOf(text: string): Value {
  const ms = Date.parse(text);
  return parseTimestamp(text) ?? (Number.isNaN(ms) ? invalid('date-time formatted string', text) : new Timestamp(BigInt(ms) * 1_000_000n));
}

function invalid(what: string, text: string): never {
  throw new CelError(`Invalid ${what} ${text}`);
}

class SchemaList extends List {
  override readonly equals?: (other: List) => boolean;
  override readonly plus?: (other: List) => List;

  constructor(private readonly items: readonly unknown[], private readonly schema: Schema) {
    super();
    const type = schema['x-kubernetes-list-type'];
    if (type !== 'set' && type !== 'map') return;
    const keys = type === 'map' ? schema['x-kubernetes-list-map-keys'] ?? [] : undefined;
    this.equals = (other) => this.length === other.length && [...this].every((item) => listHas(other, item));
    this.plus = (other) => merged(this, other, keys);
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return schemaValue(this.items[index], this.schema.items ?? {});
  }
}

/** What is in both takes its first place and its second value. `keys`: by what items are told apart; the whole item when absent. */
function merged(first: List, second: List, keys: readonly string[] | undefined): List {
  const items = [...first];
  for (const item of second) {
    const at = items.findIndex((one) => (keys ? sameKeys(one, item, keys) : equal(one, item)));
    if (at < 0) items.push(item);
    else items[at] = item;
  }
  return new ArrayList(items);
}

function sameKeys(a: Value, b: Value, keys: readonly string[]): boolean {
  if (!(a instanceof Mapping) || !(b instanceof Mapping)) return false;
  return keys.every((name) => {
    const [left, right] = [a, b].map((one) => one.get(escaped(name) ?? name));
    return left === undefined || right === undefined ? left === right : equal(left, right);
  });
}

class SchemaMapping extends Mapping {
  override readonly typeName: string | undefined;
  /** Names as expressions have them, with those of the members. */
  #names: ReadonlyMap<string, string> | undefined;

  constructor(private readonly members: Members, private readonly schema: Schema) {
    super();
    this.typeName = schema.properties ? 'object' : undefined;
  }

  get size(): number {
    return this.#shown.size;
  }

  get(key: Value): Value | undefined {
    const name = typeof key === 'string' ? this.#shown.get(key) : undefined;
    return name === undefined ? undefined : schemaValue(this.members[name], memberOf(this.schema, name)!);
  }

  keys(): Iterable<Value> {
    return this.#shown.keys();
  }

  get #shown(): ReadonlyMap<string, string> {
    return (this.#names ??= new Map(Object.keys(this.members).flatMap((name): [string, string][] => {
      if (this.members[name] === undefined || !memberOf(this.schema, name)) return [];
      const shown = propertyOf(this.schema, name) ? escaped(name) : name;
      return shown === undefined ? [] : [[shown, name]];
    })));
  }
}
