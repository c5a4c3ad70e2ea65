import type { FieldError } from '../../../../api/errors';
import type { CustomResourceColumnDefinition, CustomResourceDefinitionVersion, CustomResourceSubresources } from '../../../../api/generated/apiextensions.v1';
import { schemaErrors, type Schema } from '../../../../api/structural';
import { invalidValue, required } from '../../../../api/validation';

/** Source: validateDeprecationWarning. */
export function deprecationErrors({ deprecated, deprecationWarning: warning }: CustomResourceDefinitionVersion, path: string): FieldError[] {
  if (warning === undefined || warning === null) return [];
  if (!deprecated) return [invalidValue(path, warning, 'can only be set for deprecated versions')];
  const strange = [...warning].find((char) => !isPrintable(char));
  return [
    ...(Buffer.byteLength(warning) > 256 ? [invalidValue(path, warning, 'must be <= 256 characters long')] : []),
    ...(warning ? [] : [invalidValue(path, warning, 'must not be an empty string')]),
    ...(strange === undefined ? [] : [invalidValue(path, warning,
      `must only contain printable UTF-8 characters; non-printable character found at index ${Buffer.byteLength(warning.slice(0, warning.indexOf(strange)))}`)]),
  ];
}

/** unicode.IsPrint */
const isPrintable = (char: string) => char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);

const allowedAtRoot = ['Description', 'Type', 'Format', 'Title', 'Maximum', 'ExclusiveMaximum', 'Minimum', 'ExclusiveMinimum', 'MaxLength', 'MinLength', 'Pattern',
  'MaxItems', 'MinItems', 'UniqueItems', 'MultipleOf', 'Required', 'Items', 'Properties', 'ExternalDocs', 'Example', 'XPreserveUnknownFields', 'XValidations'];

const goName = (field: string) =>
  (field.startsWith('x-kubernetes-') ? `X${field.slice(13).split('-').map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')}` : field[0]!.toUpperCase() + field.slice(1));

/** With a status subresource the schema must come apart into that of the status and that of the rest. `isKept`: it was so before. Source: validateCustomResourceDefinitionValidation. */
export const schemaErrorsAt = (schema: Schema, hasStatus: boolean, path: string, isKept: boolean): FieldError[] =>
  [...(hasStatus ? rootErrors(schema, path) : []), ...schemaErrors(schema, `${path}.openAPIV3Schema`, isKept)];

function rootErrors(schema: Schema, path: string): FieldError[] {
  if (schema.type !== 'object') return [invalidValue(`${path}.openAPIV3Schema.type`, schema.type ?? '', 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled')];
  const fits = Object.keys(schema).every((field) => allowedAtRoot.includes(goName(field)) || field === 'nullable');
  return fits ? [] : [invalidValue(`${path}.openAPIV3Schema`, schema, `only [${allowedAtRoot.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`)];
}

/** Source: ValidateCustomResourceDefinitionSubresources. */
export function subresourceErrors(subresources: CustomResourceSubresources | undefined, path: string): FieldError[] {
  const { scale } = subresources ?? {};
  if (!scale) return [];
  return [
    ...scalePathErrors(scale.specReplicasPath, `${path}.scale.specReplicasPath`, ['.spec.'], '.spec'),
    ...scalePathErrors(scale.statusReplicasPath, `${path}.scale.statusReplicasPath`, ['.status.'], '.status'),
    ...(scale.labelSelectorPath ? scalePathErrors(scale.labelSelectorPath, `${path}.scale.labelSelectorPath`, ['.spec.', '.status.'], 'either .spec or .status') : []),
  ];
}

function scalePathErrors(jsonPath: string | undefined, path: string, roots: readonly string[], where: string): FieldError[] {
  if (!jsonPath) return [required(path)];
  const wrong = simplePathErrors(jsonPath, path);
  if (wrong.length) return wrong;
  return roots.some((root) => jsonPath.startsWith(root)) ? [] : [invalidValue(path, jsonPath, `should be a json path under ${where}`)];
}

function simplePathErrors(jsonPath: string, path: string): FieldError[] {
  return jsonPath.startsWith('.') ? [] : [invalidValue(path, jsonPath, 'must be a simple json path starting with .')];
}

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** Source: ValidateCustomResourceColumnDefinition. */
export function columnErrors({ name, type, format, jsonPath }: CustomResourceColumnDefinition, path: string): FieldError[] {
  const types = `must be one of ${columnTypes.join(',')}`;
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(type ? (columnTypes.includes(type) ? [] : [invalidValue(`${path}.type`, type, types)]) : [required(`${path}.type`, types)]),
    ...(format && !columnFormats.includes(format) ? [invalidValue(`${path}.format`, format, `must be one of ${columnFormats.join(',')}`)] : []),
    ...(jsonPath ? simplePathErrors(jsonPath, `${path}.JSONPath`) : [required(`${path}.JSONPath`)]),
  ];
}
