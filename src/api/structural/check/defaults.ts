import { deepEqual } from '../../equal';
import type { FieldError } from '../../errors';
import { invalidValue } from '../../validation';
import { shown } from '../lists';
import { prune } from '../prune';
import { isMembers, type Schema } from '../schema';
import { validateValue } from '../validate';

/** Whether defaults are values that their own schema admits. Source: defaulting.ValidateDefaults. */
export function defaultErrors(schema: Schema | undefined, path: string): FieldError[] {
  if (!schema) return [];
  return [
    ...(schema.default === undefined || schema.default === null ? [] : ownErrors(schema.default, schema, `${path}.default`)),
    ...defaultErrors(schema.items, `${path}.items`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => defaultErrors(property, `${path}.properties[${name}]`)),
  ];
}

function ownErrors(value: unknown, schema: Schema, path: string): FieldError[] {
  return [
    ...(isPruned(value, schema) ? [] : [invalidValue(path, shown(value), 'must not have unknown fields')]),
    ...validateValue(value, schema, '').map((error) => ({ ...error, field: error.field === '<nil>' || !error.field ? path : `${path}.${error.field}` })),
  ];
}

function isPruned(value: unknown, schema: Schema): boolean {
  const copy = structuredClone({ value });
  prune(copy, { type: 'object', properties: { value: schema } });
  return !isMembers(value) && !Array.isArray(value) ? true : deepEqual(copy.value, value);
}
