import { deepEqual } from '../../equal';
import type { FieldError } from '../../errors';
import { forbiddenField, invalidValue, required } from '../../validation';
import { goRegExp } from '../scalars';
import { propertyOf, valuesOf, type Schema } from '../schema';
import { completeness } from './completeness';

type Level = 'root' | 'item' | 'field';

const noType: Record<Level, string> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

const text = ({ field, message }: FieldError) => `${field}: ${message}`;

/** Whether a schema is structural. Source: ValidateStructural in k8s.io/apiextensions-apiserver/pkg/apiserver/schema. */
export const structuralErrors = (schema: Schema, path: string): FieldError[] =>
  [...invariants(schema, 'root', path), ...completeness(schema, path)].sort((a, b) => (text(a) < text(b) ? -1 : 1));

function invariants(schema: Schema | undefined, level: Level, path: string): FieldError[] {
  if (!schema) return [];
  return [
    ...(schema.type === 'array' && !schema.items ? [required(`${path}.items`, 'must be specified')] : []),
    ...invariants(schema.items, 'item', `${path}.items`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => invariants(property, 'field', `${path}.properties[${name}]`)),
    ...mapRules(schema, level, path),
    ...extensionRules(schema, path),
    ...valueRules(schema, path, intOrStringPattern(schema)),
    ...typeRules(schema, level, path),
    ...(level === 'root' || schema['x-kubernetes-embedded-resource'] ? metaRules(schema, level, path) : []),
    ...embeddedRules(schema, path),
  ];
}

function mapRules(schema: Schema, level: Level, path: string): FieldError[] {
  if (schema.additionalProperties === undefined) return [];
  return [
    ...(level === 'root' ? [forbiddenField(`${path}.additionalProperties`, 'must not be used at the root')] : []),
    ...invariants(valuesOf(schema), 'field', `${path}.additionalProperties`),
  ];
}

function extensionRules(schema: Schema, path: string): FieldError[] {
  if (!schema['x-kubernetes-int-or-string']) return [];
  return (['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'] as const).filter((name) => schema[name])
    .map((name) => invalidValue(`${path}.${name}`, true, 'must be false if x-kubernetes-int-or-string is true'));
}

function typeRules(schema: Schema, level: Level, path: string): FieldError[] {
  const at = `${path}.type`;
  const isFree = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
  if (schema['x-kubernetes-embedded-resource']) {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    return schema.type === 'object' ? [] : [schema.type ? invalidValue(at, schema.type, detail) : required(at, detail)];
  }
  if (!schema.type) return isFree ? [] : [required(at, noType[level])];
  return level === 'root' && schema.type !== 'object' ? [invalidValue(at, schema.type, 'must be object at the root')] : [];
}

function metaRules(schema: Schema, level: Level, path: string): FieldError[] {
  const wrong = ['kind', 'apiVersion'].flatMap((name) => {
    const property = propertyOf(schema, name);
    return property && property.type !== 'string' ? [invalidValue(`${path}.properties[${name}].type`, property.type ?? '', 'must be string')] : [];
  });
  const metadata = propertyOf(schema, 'metadata');
  if (!metadata) return wrong;
  const at = `${path}.properties[metadata]`;
  if (metadata.type !== 'object') wrong.push(invalidValue(`${at}.type`, metadata.type ?? '', 'must be object'));
  if (level === 'root' && !restrictsNamesOnly(metadata)) {
    wrong.push(forbiddenField(at, 'must not specify anything other than name and generateName, but metadata is implicitly specified'));
  }
  return wrong;
}

function restrictsNamesOnly({ type: _type, default: _default, properties = {}, ...rest }: Schema): boolean {
  return Object.keys(properties).every((name) => name === 'name' || name === 'generateName') && Object.keys(rest).length === 0;
}

function embeddedRules(schema: Schema, path: string): FieldError[] {
  if (!schema['x-kubernetes-embedded-resource']) return [];
  const isEmpty = !schema['x-kubernetes-preserve-unknown-fields'] && !Object.keys(schema.properties ?? {}).length;
  return [
    ...(schema.additionalProperties !== undefined ? [forbiddenField(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set')] : []),
    ...(isEmpty ? [required(`${path}.properties`, 'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields')] : []),
  ];
}

const intOrString: readonly Schema[] = [{ type: 'integer' }, { type: 'string' }];

/** Where the two types of an int-or-string may be told apart: the one place in which a nested schema has a type. */
interface Excused {
  readonly anyOf: boolean;
  readonly firstAllOf: boolean;
}

const intOrStringPattern = ({ anyOf, allOf }: Schema): Excused =>
  ({ anyOf: deepEqual(anyOf, intOrString), firstAllOf: deepEqual(allOf?.[0]?.anyOf, intOrString) });

const notExcused: Excused = { anyOf: false, firstAllOf: false };

function valueRules(schema: Schema, path: string, excused: Excused): FieldError[] {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema;
  return [
    ...(excused.anyOf ? [] : anyOf.flatMap((one, at) => nestedRules(one, `${path}.anyOf[${at}]`))),
    ...allOf.flatMap((one, at) => nestedRules(one, `${path}.allOf[${at}]`, { anyOf: excused.firstAllOf && at === 0, firstAllOf: false })),
    ...oneOf.flatMap((one, at) => nestedRules(one, `${path}.oneOf[${at}]`)),
    ...(not ? nestedRules(not, `${path}.not`) : []),
    ...(pattern ? patternErrors(pattern, `${path}.pattern`) : []),
  ];
}

function patternErrors(pattern: string, path: string): FieldError[] {
  const regExp = goRegExp(pattern);
  return regExp instanceof Error ? [invalidValue(path, pattern, `must be a valid regular expression, but isn't: ${regExp.message}`)] : [];
}

/** What must not stand in a schema that only restricts values. */
const forbiddenNested: readonly (readonly [keyof Schema, string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

function nestedRules(schema: Schema, path: string, excused: Excused = notExcused): FieldError[] {
  return [
    ...valueRules(schema, path, excused),
    ...(schema.items ? nestedRules(schema.items, `${path}.items`) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => nestedRules(property, `${path}.properties[${name}]`)),
    ...forbiddenNested.filter(([name]) => schema[name]).map(([name, detail]) => forbiddenField(`${path}.${name}`, detail)),
    ...(propertyOf(schema, 'metadata') ? [forbiddenField(`${path}.properties[metadata]`, 'must not be specified in a nested context')] : []),
  ];
}
