import type { FieldError } from '../../errors';
import { forbiddenField } from '../../validation';
import type { Schema } from '../schema';
import { defaultErrors } from './defaults';
import { expressionErrors } from './expressions';
import { openApiErrors } from './open-api';
import { structuralErrors } from './structural';

/** What is wrong with a version's `openAPIV3Schema` at `path`. Source: validateCustomResourceDefinitionValidation. */
export function schemaErrors(schema: Schema, path: string): FieldError[] {
  const structural = structuralErrors(schema, path);
  const errors = [
    ...(schema.nullable ? [forbiddenField(`${path}.nullable`, 'nullable cannot be true at the root')] : []),
    ...(structural.length ? structural : defaultErrors(schema, path)),
    ...openApiErrors(schema, path),
  ];
  return errors.length ? errors : expressionErrors(schema, path);
}
