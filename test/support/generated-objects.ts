import fc from 'fast-check';
import { typeSchema, type FieldType, type ScalarName } from '../../src/api/schema';

interface Generating {
  /** Of texts, keys of maps included; any at all when absent. */
  readonly text?: fc.Arbitrary<string>;
  /** Every field is set, and every list and map has something in it. */
  readonly full?: boolean;
}

const [secondsMin, secondsMax] = [-62135596799, 253402300799];
const time = (fraction: string) => fc.integer({ min: secondsMin, max: secondsMax }).map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction}Z`);

const scalarsOf = (text: fc.Arbitrary<string>): Record<ScalarName, fc.Arbitrary<unknown>> => ({
  string: text,
  boolean: fc.boolean(),
  int32: fc.integer(),
  int64: fc.maxSafeInteger(),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
  byte: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  time: time(''),
  'micro-time': time('.123456'),
  duration: fc.integer({ min: 0, max: 1e6 }).map((seconds) => `${seconds}s`),
  quantity: fc.tuple(fc.nat(5000), fc.constantFrom('', 'm', 'k', 'Mi', 'Gi')).map(([number, suffix]) => `${number}${suffix}`),
  'int-or-string': fc.oneof(fc.integer(), text),
  raw: fc.dictionary(text, fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 3 }),
});

const depthMax = 6;
const jsonSchema = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';

/** Generators of objects of the generated schema, by their key in it. */
export function objects({ text = fc.string({ maxLength: 12 }), full = false }: Generating = {}) {
  const scalars = scalarsOf(text);
  const minLength = full ? 1 : 0;

  /** Any value of the type; fields are left out at random, more of them the deeper. */
  function valueOf(type: FieldType, depth: number): fc.Arbitrary<unknown> {
    if ('scalar' in type) return type.enum ? fc.constantFrom(...type.enum) : scalars[type.scalar];
    if ('list' in type) return fc.array(valueOf(type.list, depth + 1), { minLength, maxLength: 2 });
    if ('map' in type) return fc.dictionary(text, valueOf(type.map, depth + 1), { minKeys: minLength, maxKeys: 2 });
    return objectOf(type.ref, depth + 1);
  }

  function objectOf(key: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
    const own = eitherOr[key.split('.').at(-1)!];
    if (own && key.includes('apiextensions')) return own(depth) as fc.Arbitrary<Record<string, unknown>>;
    // Protobuf carries apiVersion and kind in the envelope alone, not in objects within objects.
    const { fields: all, isKind } = typeSchema(key);
    const fields = all.filter(({ name }) => !isKind || (name !== 'kind' && name !== 'apiVersion'));
    const record = (chosen: typeof fields) => fc.record(Object.fromEntries(chosen.map((field) => [field.name, valueOf(field.type, depth)])));
    if (full && key !== jsonSchema) return record(fields);
    if (depth >= depthMax) return fc.constant({});
    // Chosen first, so that a generator exists for the few chosen fields alone.
    return fc.subarray(fields, { maxLength: Math.min(fields.length, depth < 3 ? Infinity : 3) }).chain(record);
  }

  const eitherOr: Record<string, (depth: number) => fc.Arbitrary<unknown>> = {
    JSON: () => scalars.raw,
    JSONSchemaPropsOrBool: (depth) => fc.oneof(fc.boolean(), objectOf(jsonSchema, depth + 1)),
    JSONSchemaPropsOrArray: (depth) => fc.oneof(objectOf(jsonSchema, depth + 1), fc.array(objectOf(jsonSchema, depth + 1), { minLength: 1, maxLength: 2 })),
    JSONSchemaPropsOrStringArray: (depth) => fc.oneof(objectOf(jsonSchema, depth + 1), fc.array(text, { minLength: 1, maxLength: 2 })),
  };

  return objectOf;
}
