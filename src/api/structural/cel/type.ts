import { listOf, mapOf, objectOf, types, type Type } from '../../cel/types';
import { valuesOf, type Schema } from '../schema';
import { escaped } from './names';

const text: Schema = { type: 'string' };

/** Of every resource a rule sees its type and its name. Source: WithTypeAndObjectMeta. */
export const asResource = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, apiVersion: text, kind: text, metadata: { type: 'object', properties: { name: text, generateName: text } } },
});

const isResource = (schema: Schema | undefined): boolean => schema?.['x-kubernetes-embedded-resource'] === true;

/**
 * The type that values of a schema have in expressions; undefined where expressions do not see them. `at`: what names the
 * structures within. Source: SchemaDeclType in k8s.io/apiserver/pkg/cel/common.
 */
export function schemaType(schema: Schema | undefined, isRoot: boolean, at: string): Type | undefined {
  if (!schema) return undefined;
  if (schema['x-kubernetes-int-or-string']) return types.dyn;
  const of = isRoot ? asResource(schema) : schema;
  if (of.type === 'array') return within(of.items, `${at}.@items`, listOf);
  if (of.type === 'object') return valuesOf(of) ? within(valuesOf(of), `${at}.@values`, (values) => mapOf(types.string, values)) : structure(of, at);
  return scalar(of);
}

function within(inner: Schema | undefined, at: string, make: (type: Type) => Type): Type | undefined {
  const type = schemaType(inner, isResource(inner), at);
  return type && make(type);
}

function structure({ properties = {} }: Schema, at: string): Type {
  const fields: Record<string, Type> = {};
  for (const [name, property] of Object.entries(properties)) {
    const field = escaped(name);
    const type = field === undefined ? undefined : schemaType(property, isResource(property), `${at}.${field}`);
    if (type) fields[field!] = type;
  }
  return objectOf(at, fields);
}

const formatted: Readonly<Record<string, Type>> = { byte: types.bytes, duration: types.duration, date: types.timestamp, 'date-time': types.timestamp };
const scalars: Readonly<Record<string, Type>> = { boolean: types.bool, number: types.double, integer: types.int };

function scalar({ type = '', format = '' }: Schema): Type | undefined {
  return type === 'string' ? (Object.hasOwn(formatted, format) ? formatted[format] : types.string) : scalars[type];
}
