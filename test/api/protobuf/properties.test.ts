import fc from 'fast-check';
import { normalise } from '../../../src/api/decode';
import { decodeProtobuf, encodeProtobuf, schemaKeyOf } from '../../../src/api/protobuf';
import { typeKeys, typeSchema, type FieldType, type ScalarName } from '../../../src/api/schema';

/** Texts within the Basic Multilingual Plane: what UTF-8 carries unchanged. */
const text = fc.string({ maxLength: 12 });
const [secondsMin, secondsMax] = [-62135596799, 253402300799];
const time = (fraction: string) => fc.integer({ min: secondsMin, max: secondsMax }).map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction}Z`);

const scalars: Record<ScalarName, fc.Arbitrary<unknown>> = {
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
};

/** Any value of the type; fields are left out at random, more of them the deeper. */
function valueOf(type: FieldType, depth: number): fc.Arbitrary<unknown> {
  if ('scalar' in type) return type.enum ? fc.constantFrom(...type.enum) : scalars[type.scalar];
  if ('list' in type) return fc.array(valueOf(type.list, depth + 1), { maxLength: 2 });
  if ('map' in type) return fc.dictionary(text, valueOf(type.map, depth + 1), { maxKeys: 2 });
  return objectOf(type.ref, depth + 1);
}

const depthMax = 6;

function objectOf(key: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const own = eitherOr[key.split('.').at(-1)!];
  if (own && key.includes('apiextensions')) return own(depth) as fc.Arbitrary<Record<string, unknown>>;
  // Protobuf carries apiVersion and kind in the envelope alone, not in objects within objects.
  const { fields: all, isKind } = typeSchema(key);
  const fields = all.filter(({ name }) => !isKind || (name !== 'kind' && name !== 'apiVersion'));
  if (depth >= depthMax) return fc.constant({});
  // Chosen first, so that a generator exists for the few chosen fields alone.
  return fc.subarray(fields, { maxLength: Math.min(fields.length, depth < 3 ? Infinity : 3) }).chain((chosen) =>
    fc.record(Object.fromEntries(chosen.map((field) => [field.name, valueOf(field.type, depth)]))));
}

const jsonSchema = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
const eitherOr: Record<string, (depth: number) => fc.Arbitrary<unknown>> = {
  JSON: () => scalars.raw,
  JSONSchemaPropsOrBool: (depth) => fc.oneof(fc.boolean(), objectOf(jsonSchema, depth + 1)),
  JSONSchemaPropsOrArray: (depth) => fc.oneof(objectOf(jsonSchema, depth + 1), fc.array(objectOf(jsonSchema, depth + 1), { minLength: 1, maxLength: 2 })),
  JSONSchemaPropsOrStringArray: (depth) => fc.oneof(objectOf(jsonSchema, depth + 1), fc.array(text, { minLength: 1, maxLength: 2 })),
};

const kinds: [string, string][] = [
  ['v1', 'Pod'], ['v1', 'Service'], ['v1', 'Secret'], ['v1', 'Event'], ['v1', 'Node'], ['v1', 'PersistentVolume'], ['v1', 'ConfigMap'],
  ['apps/v1', 'Deployment'], ['apps/v1', 'StatefulSet'], ['batch/v1', 'CronJob'], ['coordination.k8s.io/v1', 'Lease'], ['policy/v1', 'PodDisruptionBudget'],
  ['discovery.k8s.io/v1', 'EndpointSlice'], ['resource.k8s.io/v1beta2', 'ResourceSlice'], ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['authentication.k8s.io/v1', 'TokenReview'], ['apiregistration.k8s.io/v1', 'APIService'], ['v1', 'Status'], ['v1', 'DeleteOptions'],
];

describe('JSON → protobuf → JSON', () => {
  test.each(kinds)('%s %s', (apiVersion, kind) => {
    const key = schemaKeyOf(apiVersion, kind)!;
    fc.assert(fc.property(objectOf(key), (generated) => {
      const object = normalise({ ...generated, apiVersion, kind }, key);
      expect(decodeProtobuf(encodeProtobuf(object, key)).object).toEqual(object);
    }), { numRuns: 40, seed: 11 });
  });

  test('schemas of custom resources, whose parts are one of two things', () => {
    const key = jsonSchema.replace('JSONSchemaProps', 'CustomResourceDefinition');
    fc.assert(fc.property(objectOf(jsonSchema, 2), (schema) => {
      const crd = normalise({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] } }, key);
      const back = decodeProtobuf(encodeProtobuf(crd, key)).object;
      // What either-or types hold is not brought into canonical form in JSON, but is written in full in protobuf.
      expect(normalise(back, key)).toEqual(back);
      expect(encodeProtobuf(back, key)).toEqual(encodeProtobuf(crd, key));
    }), { numRuns: 40, seed: 11 });
  });
});

test('an empty object of every kind goes both ways', () => {
  for (const key of typeKeys().filter((name) => typeSchema(name).isKind && typeSchema(name).fields.some(({ proto }) => proto > 0))) {
    const apiVersion = apiVersionOf(key);
    const kind = key.split('.').at(-1)!;
    if (schemaKeyOf(apiVersion, kind) !== key) continue;
    const object = normalise({ apiVersion, kind }, key);
    expect(decodeProtobuf(encodeProtobuf(object, key)).object).toEqual(object);
  }
});

function apiVersionOf(key: string): string {
  const [group, version] = key.split('.').slice(-3) as [string, string];
  return group === 'core' || group === 'meta' ? version : `${group}/${version}`;
}
