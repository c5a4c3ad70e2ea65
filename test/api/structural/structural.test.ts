import { applyDefaults, coerce, repeatedItems, validateValue, type Schema } from '../../../src/api/structural';

const object = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({ type: 'object', properties, ...more });
const text: Schema = { type: 'string' };

const told = (value: unknown, schema: Schema, old?: unknown) => validateValue(value, schema, 'x', old).map(({ field, message }) => `${field}: ${message}`);

describe('coerce', () => {
  const run = (value: Record<string, unknown>, schema: Schema) => ({ unknown: coerce(value, schema), value });

  test('removes and names what is unknown, at every depth, and keeps what every object has', () => {
    const schema = object({ spec: object({ a: text, list: { type: 'array', items: object({ b: text }) } }) });
    expect(run({ apiVersion: 'v', kind: 'K', spec: { a: '1', z: 1, list: [{ b: '1', c: 2 }] }, other: 1 }, schema)).toEqual({
      unknown: ['other', 'spec.list[0].c', 'spec.z'], value: { apiVersion: 'v', kind: 'K', spec: { a: '1', list: [{ b: '1' }] } },
    });
  });

  test('keeps what is to be preserved, and prunes below what is declared there', () => {
    const schema = object({ spec: object({ known: object({ a: text }) }, { 'x-kubernetes-preserve-unknown-fields': true }) });
    expect(run({ spec: { any: { thing: 1 }, known: { a: '1', b: 2 } } }, schema)).toEqual({ unknown: ['spec.known.b'], value: { spec: { any: { thing: 1 }, known: { a: '1' } } } });
  });

  test('decodes metadata, also of embedded resources', () => {
    const schema = object({ spec: object({ pod: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true } }) });
    expect(run({ spec: { pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', owner: 'x' }, spec: {} } } }, schema)).toEqual({
      unknown: ['spec.pod.metadata.owner'], value: { spec: { pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', creationTimestamp: null }, spec: {} } } },
    });
    expect(() => coerce({ metadata: { labels: 1 } }, schema)).toThrow(/cannot unmarshal number/);
  });

  test('drops nulls that mean nothing, not those that are allowed or have a default', () => {
    const schema = object({ a: text, b: { type: 'string', nullable: true }, c: { type: 'string', default: 'x' } });
    expect(run({ a: null, b: null, c: null }, schema).value).toEqual({ b: null, c: null });
  });
});

test('defaults are set where their owner is, in lists and maps too, and are copies', () => {
  const inner = object({ n: { type: 'integer', default: 1 } });
  const schema = object({ spec: object({ l: { type: 'array', items: inner }, m: { type: 'object', additionalProperties: inner }, d: { type: 'object', default: { deep: [] } } }), absent: inner });
  const value = { spec: { l: [{}, { n: 2 }], m: { k: {} }, d: null as unknown } };
  applyDefaults(value, schema);
  expect(value).toEqual({ spec: { l: [{ n: 1 }, { n: 2 }], m: { k: { n: 1 } }, d: { deep: [] } } });
  const again = structuredClone(value);
  applyDefaults(again, schema);
  expect(again).toEqual(value);
});

test.each<[string, unknown, Schema, string[]]>([
  ['all is well', { a: 'x' }, object({ a: text }), []],
  ['type', 1.5, { type: 'integer' }, ['x: Invalid value: "number": x in body must be of type integer: "number"']],
  ['integer as a number', 1, { type: 'number' }, []],
  ['null', null, text, ['x: Invalid value: "null": x in body must be of type string: "null"']],
  ['allowed null', null, { ...text, nullable: true }, []],
  ['int or string', true, { 'x-kubernetes-int-or-string': true }, ['x: Invalid value: "boolean": x in body must be of type integer,string: "boolean"']],
  ['minimum', 0, { type: 'integer', minimum: 0, exclusiveMinimum: true }, ['x: Invalid value: 0: x in body should be greater than 0']],
  ['maximum', 2, { type: 'integer', maximum: 1 }, ['x: Invalid value: 2: x in body should be less than or equal to 1']],
  ['multiple', 3, { type: 'integer', multipleOf: 2 }, ['x: Invalid value: 3: x in body should be a multiple of 2']],
  ['int32', 2 ** 31, { type: 'integer', format: 'int32' }, ['<nil>: Invalid value: "": Checked value must be of type integer with format int32']],
  ['minLength', 'a', { ...text, minLength: 2 }, ['x: Invalid value: "a": x in body should be at least 2 chars long']],
  ['maxLength', 'abc', { ...text, maxLength: 2 }, ['x: Too long: may not be more than 2 bytes']],
  ['pattern', 'B', { ...text, pattern: '^[[:lower:]]$' }, ["x: Invalid value: \"B\": x in body should match '^[[:lower:]]$'"]],
  ['enum', 3, { type: 'integer', enum: [1, 2] }, ['x: Unsupported value: 3: supported values: "1", "2"']],
  ['minItems', [], { type: 'array', minItems: 1, items: text }, ['x: Invalid value: 0: x in body should have at least 1 items']],
  ['maxItems', ['a', 'b'], { type: 'array', maxItems: 1, items: text }, ['x: Too many: 2: must have at most 1 items']],
  ['items', ['a', 1], { type: 'array', items: text }, ['x[1]: Invalid value: "integer": x[1] in body must be of type string: "integer"']],
  ['maxProperties', { a: 1 }, { type: 'object', maxProperties: 0 }, ['x: Too many: 1: must have at most 0 items']],
  ['required', {}, object({ a: text }, { required: ['a'] }), ['x.a: Required value']],
  ['map values', { k: 1 }, { type: 'object', additionalProperties: text }, ['x.k: Invalid value: "integer": x.k in body must be of type string: "integer"']],
  ['oneOf, none', {}, object({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), ['<nil>: Invalid value: "": "x" must validate one and only one schema (oneOf). Found none valid', 'x.a: Required value']],
  ['oneOf, two', { a: '', b: '' }, object({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), ['<nil>: Invalid value: "": "x" must validate one and only one schema (oneOf). Found 2 valid alternatives']],
  ['anyOf', {}, object({ a: text }, { anyOf: [{ required: ['a'] }] }), ['<nil>: Invalid value: "": "x" must validate at least one schema (anyOf)', 'x.a: Required value']],
  ['not', { a: '' }, object({ a: text }, { not: { required: ['a'] } }), ['<nil>: Invalid value: "": "x" must not validate the schema (not)']],
])('validation: %s', (_, value, schema, errors) => expect(told(value, schema)).toEqual(errors));

test.each([
  ['ipv4', '1.2.3.4', '1.2.3.256'], ['ipv6', 'fe80::1', 'fe80::1::2'], ['cidr', '10.0.0.0/8', '10.0.0.0/33'], ['mac', '01:23:45:67:89:ab', '01:23'],
  ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123e4567'], ['date', '2026-02-28', '2026-02-30'], ['date-time', '2026-02-28T01:02:03Z', '2026-02-28'],
  ['duration', '1h30m', 'soon'], ['email', 'a@b.c', 'a b'], ['hostname', 'a.example', '-a'], ['byte', 'YQ==', 'YQ='], ['uri', 'http://a/b', 'a b'],
])('format %s', (format, good, bad) => {
  expect(told(good, { ...text, format })).toEqual([]);
  expect(told(bad, { ...text, format })).toEqual([`x: Invalid value: "${bad}": x in body must be of type ${format}: "${bad}"`]);
});

test('what did not change is not judged again', () => {
  const schema = object({ a: { type: 'integer', maximum: 1 }, b: { type: 'integer', maximum: 1 } });
  expect(told({ a: 5, b: 5 }, schema, { a: 5, b: 0 })).toEqual(['x.b: Invalid value: 5: x.b in body should be less than or equal to 1']);
});

test('items that repeat are found in sets and by keys', () => {
  const schema = object({
    set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    map: { type: 'array', items: object({ k: text, v: text }), 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'] },
  });
  expect(repeatedItems({ set: ['a', 'a', 'a', 'b'], map: [{ k: '1', v: 'x' }, { k: '1', v: 'y' }] }, schema).map(({ field, message }) => `${field}: ${message}`))
    .toEqual(['set[1]: Duplicate value: "a"', 'map[1]: Duplicate value: map[string]interface {}{"k":"1"}']);
});
