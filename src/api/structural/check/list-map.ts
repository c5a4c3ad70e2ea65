import type { FieldError } from '../../errors';
import { forbiddenField, invalidValue, required } from '../../validation';
import { propertyOf, type Schema } from '../schema';

/** The rules for lists whose items are told apart. Source: ValidateCustomResourceDefinitionOpenAPISchema and validateMapListKeysMapSet. */
export function listMapRules(schema: Schema, path: string): FieldError[] {
  const { 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys = [], items } = schema;
  const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
  return [
    ...(keys.length && type !== 'map' ? [type === undefined ? required(`${path}.x-kubernetes-list-type`, detail) : invalidValue(`${path}.x-kubernetes-list-type`, type, detail)] : []),
    ...(type === 'map' ? mapErrors(items, keys, path) : []),
    ...((type === 'map' || type === 'set') && items?.nullable ? [forbiddenField(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`)] : []),
    ...(type === 'map' && items ? keys.flatMap((key) => keyErrors(items, key, path)) : []),
  ];
}

function mapErrors(items: Schema | undefined, keys: readonly string[], path: string): FieldError[] {
  const at = `${path}.x-kubernetes-list-map-keys`;
  return [
    ...(keys.length ? [] : [required(at, 'must not be empty if x-kubernetes-list-type is map')]),
    ...(items ? [] : [required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')]),
    ...(items && items.type !== 'object' ? [invalidValue(`${path}.items.type`, items.type ?? '', "must be object if parent array's x-kubernetes-list-type is map")] : []),
    ...(items?.type === 'object' ? keys.flatMap((key, index) => [
      ...knownKey(items, key, keys, path),
      ...(keys.indexOf(key) < index ? [invalidValue(at, keys, 'must not contain duplicate entries')] : []),
    ]) : []),
  ];
}

function knownKey(items: Schema, key: string, keys: readonly string[], path: string): FieldError[] {
  const property = propertyOf(items, key);
  if (!property) return [invalidValue(`${path}.x-kubernetes-list-map-keys`, keys, 'entries must all be names of item properties')];
  if (property.type !== 'array' && property.type !== 'object') return [];
  return [invalidValue(`${path}.items.properties[${key}].type`, items.type, "must be a scalar type if parent array's x-kubernetes-list-type is map")];
}

function keyErrors(items: Schema, key: string, path: string): FieldError[] {
  const property = propertyOf(items, key);
  if (!property) return [];
  const at = `${path}.items.properties[${key}]`;
  return [
    ...(!items.required?.includes(key) && property.default === undefined
      ? [required(`${at}.default`, 'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property')] : []),
    ...(property.nullable ? [forbiddenField(`${at}.nullable`, 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable')] : []),
  ];
}
