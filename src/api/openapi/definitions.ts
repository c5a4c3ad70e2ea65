import { isInline, typeSchema, type FieldSchema, type FieldType, type ScalarName } from '../schema';
import type { Descriptions } from './kind';

export type JsonSchema = Record<string, unknown>;

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const rawExtension = 'io.k8s.apimachinery.pkg.runtime.RawExtension';

/** Scalars that have a definition of their own. */
const scalarRefs: Partial<Record<ScalarName, string>> = {
  time: `${meta}Time`,
  'micro-time': `${meta}MicroTime`,
  duration: `${meta}Duration`,
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  'int-or-string': 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  raw: rawExtension,
};

const scalarSchemas: Partial<Record<ScalarName, JsonSchema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { format: 'int32', type: 'integer' },
  int64: { format: 'int64', type: 'integer' },
  double: { format: 'double', type: 'number' },
  byte: { format: 'byte', type: 'string' },
};

const scalarZeros: Partial<Record<ScalarName, unknown>> = { string: '', boolean: false, int32: 0, int64: 0, double: 0 };

/** Types that marshal themselves: their schema does not follow from Go fields. */
const ownSchemas: Readonly<Record<string, JsonSchema>> = {
  [`${meta}Time`]: { format: 'date-time', type: 'string' },
  [`${meta}MicroTime`]: { format: 'date-time', type: 'string' },
  [`${meta}Duration`]: { type: 'string' },
  [`${meta}FieldsV1`]: { type: 'object' },
  [`${meta}Patch`]: { type: 'object' },
  [rawExtension]: { type: 'object' },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  ...Object.fromEntries(['JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray']
    .map((name) => [`io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.${name}`, {}])),
};

/** Words for definitions that no package describes. */
const ownWords: Readonly<Record<string, string>> = {
  [`${meta}Time`]: 'A point in time in RFC 3339 with whole seconds.',
  [`${meta}MicroTime`]: 'A point in time in RFC 3339 with microseconds.',
  [`${meta}Duration`]: 'A length of time such as 1h30m.',
  [`${meta}FieldsV1`]: 'A set of fields as a trie: f:<name> leads to a field, k:<keys> to a list item by its keys, v:<value> to one by its value, i:<index> by its position, and . stands for the node itself.',
  [`${meta}Patch`]: 'A change to an object, in the format that the content type of the request names.',
  [rawExtension]: 'Any object.',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'A number with an optional suffix: m, k, M, G, T, P, E (decimal), Ki, Mi, Gi, Ti, Pi, Ei (binary) or an exponent.',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'An int32 or a string, such as the number or the name of a port.',
};

const reference = (key: string) => ({ $ref: `#/components/schemas/${key}` });

/** A reference with siblings is wrapped: `$ref` may not have any. */
const referenceWith = (key: string, siblings: JsonSchema): JsonSchema =>
  Object.keys(siblings).length ? { allOf: [reference(key)], ...siblings } : reference(key);

/** What the Go type says of an empty value: structs and plain scalars that are always written have a default. */
function impliedDefault(type: FieldType, isAlwaysWritten: boolean): JsonSchema {
  if ('ref' in type) return ownSchemas[type.ref] ? {} : { default: {} };
  if (!('scalar' in type) || !isAlwaysWritten) return {};
  const zero = scalarZeros[type.scalar];
  return zero === undefined ? {} : { default: zero };
}

function typeSchemaOf(type: FieldType, siblings: JsonSchema): JsonSchema {
  if ('ref' in type) return referenceWith(type.ref, siblings);
  if ('list' in type) return { ...siblings, items: elementSchema(type.list), type: 'array' };
  if ('map' in type) return { ...siblings, additionalProperties: elementSchema(type.map), type: 'object' };
  const ref = scalarRefs[type.scalar];
  if (ref) return referenceWith(ref, siblings);
  return { ...siblings, ...scalarSchemas[type.scalar], ...(type.enum && { enum: type.enum }) };
}

const elementSchema = (type: FieldType): JsonSchema => typeSchemaOf(type, impliedDefault(type, true));

function describedEnum(description: string | undefined, values: readonly string[] | undefined): string | undefined {
  if (!values) return description;
  const lines = ['Possible enum values:', ...values.map((value) => ` - \`${JSON.stringify(value)}\``)].join('\n');
  return description ? `${description}\n\n${lines}` : lines;
}

function fieldExtensions(field: FieldSchema): JsonSchema {
  return {
    ...(field.listMapKeys && { 'x-kubernetes-list-map-keys': field.listMapKeys }),
    ...(field.listType && { 'x-kubernetes-list-type': field.listType }),
    ...((field.mapType ?? field.structType) && { 'x-kubernetes-map-type': field.mapType ?? field.structType }),
    ...(field.patchMergeKey && { 'x-kubernetes-patch-merge-key': field.patchMergeKey }),
    ...(field.patchStrategy && { 'x-kubernetes-patch-strategy': field.patchStrategy }),
  };
}

function fieldSchema(field: FieldSchema, description: string | undefined): JsonSchema {
  const told = describedEnum(description, field.enum);
  const isFieldsV1 = field.goType?.endsWith('.FieldsV1');
  return typeSchemaOf(isFieldsV1 ? { ref: `${meta}FieldsV1` } : field.type, {
    ...(field.default !== undefined ? { default: field.default } : field.pointer ? {} : impliedDefault(field.type, !field.omitEmpty)),
    ...(told && { description: told }),
    ...fieldExtensions(field),
  });
}

/** Embedded structs are described where they are declared, unless the owner has words of its own. */
function descriptionOf(key: string, field: string, descriptions: Descriptions): string | undefined {
  const own = descriptions[key]?.[1][field];
  if (own !== undefined) return own;
  for (const declared of typeSchema(key).declared) {
    if (isInline(declared) && typeSchema(declared.inline).byName.has(field)) return descriptionOf(declared.inline, field, descriptions);
  }
  return undefined;
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** The definition of one type in OpenAPI v3. Source of the form: kube-openapi's generator. */
export function definition(key: string, descriptions: Descriptions): JsonSchema {
  const about = descriptions[key]?.[0] || ownWords[key];
  const own = ownSchemas[key];
  if (own) return { ...(about && { description: about }), ...own };
  const { fields, structType } = typeSchema(key);
  const required = fields.filter((field) => !field.optional).map((field) => field.name);
  const properties = Object.fromEntries([...fields].sort(byName).map((field) => [field.name, fieldSchema(field, descriptionOf(key, field.name, descriptions))]));
  return {
    ...(about && { description: about }),
    ...(fields.length && { properties }),
    ...(required.length && { required }),
    type: 'object',
    ...(structType && { 'x-kubernetes-map-type': structType }),
  };
}

/** The definitions that `key` refers to directly. */
function referencesOf(key: string): string[] {
  if (ownSchemas[key]) return [];
  return typeSchema(key).fields.map((field) => (field.goType?.endsWith('.FieldsV1') ? `${meta}FieldsV1` : leafOf(field.type))).filter((ref) => ref !== undefined);
}

function leafOf(type: FieldType): string | undefined {
  if ('ref' in type) return type.ref;
  if ('list' in type) return leafOf(type.list);
  return 'map' in type ? leafOf(type.map) : scalarRefs[type.scalar];
}

/** `keys` and all that they refer to, sorted. */
export function closure(keys: Iterable<string>): string[] {
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    referencesOf(key).forEach(visit);
  };
  for (const key of keys) visit(key);
  return [...seen].sort();
}
