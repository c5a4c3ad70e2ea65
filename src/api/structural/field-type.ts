import { fieldElement } from '../managed-fields/path-element';
import { deducedType, schemaType, type ListType, type MapType, type StructField, type Type } from '../managed-fields/types';
import { propertyOf, valuesOf, type Schema } from './schema';

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const scalars: Readonly<Record<string, Type>> = { string: { scalar: 'string' }, integer: { scalar: 'numeric' }, number: { scalar: 'numeric' }, boolean: { scalar: 'boolean' } };
const untyped: Type = { scalar: 'untyped' };

/** What every resource has, whether its schema says so or not. */
const resourceFields: readonly (readonly [string, Type])[] = [['apiVersion', scalars.string!], ['kind', scalars.string!], ['metadata', schemaType(objectMeta)]];

/** A whole custom resource as field management sees it. Source: kube-openapi's schemaconv. */
export const resourceType = (schema: Schema): Type => ({ map: structure(schema, true) });

function typeOf(schema: Schema): Type {
  if (schema['x-kubernetes-int-or-string']) return untyped;
  if (schema.type === 'object' || (!schema.type && schema.properties)) return { map: structure(schema, schema['x-kubernetes-embedded-resource'] === true) };
  if (schema.type === 'array') return { list: list(schema) };
  return scalars[schema.type ?? ''] ?? deducedType;
}

function structure(schema: Schema, isResource: boolean): MapType {
  const declared = Object.entries(schema.properties ?? {}).map(([name, property]): [string, Type] => [name, typeOf(property)]);
  const types = new Map<string, Type>([...declared, ...(isResource ? resourceFields : [])]);
  const fields = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]): StructField => ({ name, element: fieldElement(name), type, zero: undefined }));
  const byName = new Map(fields.map((field) => [field.name, field]));
  const element = elementOf(schema);
  return { atomic: schema['x-kubernetes-map-type'] === 'atomic', fields, field: (name) => byName.get(name), ...(element && { element }) };
}

function elementOf(schema: Schema): Type | undefined {
  const values = valuesOf(schema);
  if (values) return typeOf(values);
  return schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true ? deducedType : undefined;
}

function list({ items = {}, 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys = [] }: Schema): ListType {
  return { atomic: type !== 'set' && type !== 'map', keys: type === 'map' ? keys : [], element: typeOf(items), keyDefault: (name) => propertyOf(items, name)?.default };
}
