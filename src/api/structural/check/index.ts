import type { FieldError } from '../../errors';
import { forbiddenField } from '../../validation';
import type { Schema } from '../schema';
import { defaultErrors } from './defaults';
import { costErrors } from './costs';
import { expressionErrors } from './expressions';
import { openApiErrors } from './open-api';
import { structuralErrors } from './structural';

/** What is wrong with a version's `openAPIV3Schema` at `path`; the single rules of one that is kept cost what they did. Source: validateCustomResourceDefinitionValidation. */
export function schemaErrors(schema: Schema, path: string, isKept = false): FieldError[] {
  const structural = structuralErrors(schema, path);
  const errors = [
    ...(schema.nullable ? [forbiddenField(`${path}.nullable`, 'nullable cannot be true at the root')] : []),
    ...(structural.length ? structural : defaultErrors(schema, path)),
    ...openApiErrors(schema, path),
  ];
  return errors.length ? errors : [...expressionErrors(schema, path), ...costErrors(schema, path, isKept)];
}
