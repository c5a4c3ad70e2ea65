/** What a field of a Go struct holds, as far as JSON is concerned. */
export type GoType =
  | 'string' | 'bool' | 'int' | 'int64' | 'any'
  /** `name` where the type has one of its own. */
  | { list: GoType; name?: string }
  | { map: GoType }
  | { struct: GoStruct }
  /** A type of string with a name of its own. */
  | { named: string };

/** `name` as Go prints it, with its package. Embedded structs are listed by name, their fields being the outer's too. */
export interface GoStruct {
  name: string;
  fields: Readonly<Record<string, GoType>>;
  embedded?: Readonly<Record<string, GoStruct>>;
}

type Json = Record<string, unknown>;

/** How strictly JSON is taken. */
interface DecodeOptions {
  /** Refuse fields that the struct has not. */
  strict?: boolean;
  /** Numbers and booleans are good for text, as sigs.k8s.io/yaml makes them. */
  lenientText?: boolean;
}

function goTypeName(type: GoType): string {
  if (typeof type === 'string') return type === 'any' ? 'interface {}' : type;
  if ('list' in type) return type.name ?? `[]${goTypeName(type.list)}`;
  if ('map' in type) return `map[string]${goTypeName(type.map)}`;
  return 'struct' in type ? type.struct.name : type.named;
}

const jsonKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'bigint' ? 'number' : typeof value;
};

/** Where decoding is: the struct that it is in, and the path to there from the outermost. */
interface Context {
  struct: string;
  path: readonly string[];
}

function findField(struct: GoStruct, key: string, path: readonly string[] = []): { name: string; type: GoType; path: readonly string[] } | undefined {
  const names = Object.keys(struct.fields);
  const name = names.find((known) => known === key) ?? names.find((known) => known.toLowerCase() === key.toLowerCase());
  if (name) return { name, type: struct.fields[name]!, path };
  for (const [field, inner] of Object.entries(struct.embedded ?? {})) {
    const found = findField(inner, key, [...path, field]);
    if (found) return found;
  }
  return undefined;
}

class Decoder {
  constructor(private readonly options: DecodeOptions) {}

  decode(value: unknown, type: GoType, context: Context): unknown {
    if (value === null || value === undefined) return undefined;
    if (typeof type === 'string' || 'named' in type) return this.scalar(value, type, context);
    if ('list' in type) {
      if (!Array.isArray(value)) throw this.mismatch(value, type, context);
      return value.map((item) => this.decode(item, type.list, context) ?? zero(type.list));
    }
    if (typeof value !== 'object' || Array.isArray(value)) throw this.mismatch(value, type, context);
    return 'map' in type ? this.map(value as Json, type.map, context) : this.struct(value as Json, type.struct, context);
  }

  private map(value: Json, type: GoType, context: Context): Json {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.decode(member, type, context) ?? zero(type)]));
  }

  private struct(value: Json, struct: GoStruct, { path }: Context): Json {
    const decoded: Json = {};
    for (const key of Object.keys(value).sort()) {
      const field = findField(struct, key);
      if (!field) {
        if (this.options.strict) throw new Error(`json: unknown field ${JSON.stringify(key)}`);
        continue;
      }
      const member = this.decode(value[key], field.type, { struct: struct.name.replace(/^.*\./, ''), path: [...path, ...field.path, field.name] });
      if (member !== undefined) decoded[field.name] = member;
    }
    return decoded;
  }

  private scalar(value: unknown, type: GoType, context: Context): unknown {
    if (type === 'any') return value;
    const isInteger = type === 'int' || type === 'int64';
    const wanted = type === 'bool' ? 'boolean' : isInteger ? 'number' : 'string';
    if (typeof value === wanted && (!isInteger || Number.isInteger(value))) return value;
    if (this.options.lenientText && wanted === 'string' && typeof value !== 'object') return String(value);
    throw this.mismatch(value, type, context);
  }

  private mismatch(value: unknown, type: GoType, { struct, path }: Context): Error {
    const kind = (type === 'int' || type === 'int64') && typeof value === 'number' ? `number ${value}` : jsonKind(value);
    const where = path.length ? `struct field ${struct}.${path.join('.')}` : 'value';
    return new Error(`json: cannot unmarshal ${kind} into Go ${where} of type ${goTypeName(type)}`);
  }
}

/** Null in a list or a map is the zero value. */
function zero(type: GoType): unknown {
  if (type === 'bool') return false;
  if (type === 'int' || type === 'int64') return 0;
  if (type === 'string' || (typeof type === 'object' && 'named' in type)) return '';
  return typeof type === 'object' && 'struct' in type ? {} : null;
}

/** JSON as encoding/json reads it into a struct: only the fields that are there, under their right names. Throws its errors. */
export const decodeStruct = <T>(value: unknown, struct: GoStruct, options: DecodeOptions = {}): T => decodeAs<T>(value, { struct }, options);

/** As decodeStruct, for any type; null is an empty object. */
export const decodeAs = <T>(value: unknown, type: GoType, options: DecodeOptions = {}): T =>
  (new Decoder(options).decode(value, type, { struct: '', path: [] }) ?? {}) as T;
