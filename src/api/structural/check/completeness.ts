import type { FieldError } from '../../errors';
import { required } from '../../validation';
import { propertyOf, type Schema } from '../schema';

/** What a value is restricted by has to be specified outside of the restriction, too. Source: validateStructuralCompleteness. */
export function completeness(schema: Schema | undefined, path: string): FieldError[] {
  if (!schema) return [];
  return [
    ...completeness(schema.items, `${path}.items`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => completeness(property, `${path}.properties[${name}]`)),
    ...(typeof schema.additionalProperties === 'object' ? completeness(schema.additionalProperties, `${path}.additionalProperties`) : []),
    ...restrictions(schema, schema, path, path),
  ];
}

function restrictions(restriction: Schema, schema: Schema, path: string, at: string): FieldError[] {
  const { not, allOf = [], anyOf = [], oneOf = [] } = restriction;
  const lists = { allOf, anyOf, oneOf };
  return [
    ...(not ? nested(not, schema, path, `${at}.not`) : []),
    ...Object.entries(lists).flatMap(([name, list]) => list.flatMap((one, index) => nested(one, schema, path, `${at}.${name}[${index}]`))),
  ];
}

function nested(restriction: Schema, schema: Schema | undefined, path: string, at: string): FieldError[] {
  if (!schema) return [required(path, `because it is defined in ${at}`)];
  return [
    ...restrictions(restriction, schema, path, at),
    ...(restriction.items ? nested(restriction.items, schema.items, `${path}.items`, `${at}.items`) : []),
    ...Object.entries(restriction.properties ?? {}).flatMap(([name, property]) =>
      nested(property, propertyOf(schema, name), `${path}.properties[${name}]`, `${at}.properties[${name}]`)),
  ];
}
