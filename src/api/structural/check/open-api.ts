import type { FieldError } from '../../errors';
import { forbiddenField, invalidValue, notSupported, notSupportedInOrder, required } from '../../validation';
import { metaFields, type Schema } from '../schema';
import { listMapRules } from './list-map';
import { ruleErrors } from './rules';

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object'];

interface Where {
  /** Why there may be no default here. */
  readonly noDefaults?: string;
  readonly inMetadata?: boolean;
}

const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const;

/** What a CRD's schema may not say, whether structural or not. Source: ValidateCustomResourceDefinitionOpenAPISchema. */
export const openApiErrors = (schema: Schema, path: string): FieldError[] => schemaErrors(schema, path, {}, true);

function schemaErrors(schema: Schema | undefined, path: string, where: Where, isRoot = false): FieldError[] {
  if (!schema) return [];
  const nested = (of: Schema | undefined, at: string) => schemaErrors(of, `${path}.${at}`, where);
  return [
    ...ownErrors(schema, path, where),
    ...(schema.uniqueItems ? [forbiddenField(`${path}.uniqueItems`, 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic')] : []),
    ...mapErrors(schema, path, where),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => schemaErrors(property, `${path}.properties[${name}]`, whereIn(schema, name, where, isRoot))),
    ...nested(schema.not, 'not'),
    ...(['allOf', 'oneOf', 'anyOf'] as const).flatMap((list) => (schema[list] ?? []).flatMap((one, at) => nested(one, `${list}[${at}]`))),
    ...(Array.isArray(schema.items) ? [] : nested(schema.items, 'items')),
    ...extensionErrors(schema, path),
    ...listMapRules(schema, path),
    ...ruleErrors(schema, path),
  ];
}

function whereIn(schema: Schema, property: string, where: Where, isRoot: boolean): Where {
  if (!metaFields.has(property) || !(isRoot || schema['x-kubernetes-embedded-resource'])) return where;
  return { ...where, inMetadata: true, ...(isRoot && { noDefaults: `in top-level ${property}` }) };
}

function mapErrors(schema: Schema, path: string, where: Where): FieldError[] {
  const { additionalProperties: values, properties } = schema;
  if (values === undefined) return [];
  const clashes = Object.keys(properties ?? {}).length > 0 && values !== true;
  const below = where.inMetadata ? { ...where, noDefaults: 'inside additionalProperties applying to object metadata' } : where;
  return [
    ...(clashes ? [forbiddenField(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive')] : []),
    ...(typeof values === 'object' ? schemaErrors(values, `${path}.additionalProperties`, below) : []),
  ];
}

function ownErrors(schema: Schema, path: string, { noDefaults, inMetadata }: Where): FieldError[] {
  const all = schema as Record<string, unknown>;
  return [
    ...(schema.type && !types.includes(schema.type) ? [notSupported(`${path}.type`, schema.type, types)] : []),
    ...(schema.default !== undefined && noDefaults ? [forbiddenField(`${path}.default`, `must not be set ${noDefaults}`)] : []),
    ...unsupported.filter((name) => all[name] !== undefined).map((name) => forbiddenField(`${path}.${name}`, `${name} is not supported`)),
    ...(schema.type === 'null' ? [forbiddenField(`${path}.type`, 'type cannot be set to null, use nullable as an alternative')] : []),
    ...(Array.isArray(schema.items) ? [forbiddenField(`${path}.items`, 'items must be a schema object and not an array')] : []),
    ...(inMetadata && schema['x-kubernetes-embedded-resource'] ? [forbiddenField(`${path}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta')] : []),
  ];
}

function extensionErrors(schema: Schema, path: string): FieldError[] {
  const { type, 'x-kubernetes-map-type': mapType, 'x-kubernetes-list-type': listType } = schema;
  return [
    ...(schema['x-kubernetes-preserve-unknown-fields'] === false ? [invalidValue(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined')] : []),
    ...needsType(mapType !== undefined, type, 'object', 'x-kubernetes-map-type', path),
    ...(mapType !== undefined && !['atomic', 'granular'].includes(mapType) ? [notSupportedInOrder(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular'])] : []),
    ...needsType(listType !== undefined, type, 'array', 'x-kubernetes-list-type', path),
    ...(listType === 'set' && type === 'array' ? setItemErrors(schema.items, path) : []),
    ...(listType !== undefined && !['atomic', 'set', 'map'].includes(listType) ? [notSupportedInOrder(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map'])] : []),
  ];
}

function needsType(holds: boolean, type: string | undefined, wanted: string, extension: string, path: string): FieldError[] {
  if (!holds || type === wanted) return [];
  const detail = `must be ${wanted} if ${extension} is specified`;
  return [type ? invalidValue(`${path}.type`, type, detail) : required(`${path}.type`, detail)];
}

function setItemErrors(items: Schema | undefined, path: string): FieldError[] {
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const { type, 'x-kubernetes-list-type': listType, 'x-kubernetes-map-type': mapType } = items ?? {};
  if (type === 'array' && listType !== undefined && listType !== 'atomic') return [invalidValue(`${path}.items.x-kubernetes-list-type`, listType, detail)];
  return type === 'object' && mapType !== 'atomic' ? [invalidValue(`${path}.items.x-kubernetes-map-type`, mapType, detail)] : [];
}
