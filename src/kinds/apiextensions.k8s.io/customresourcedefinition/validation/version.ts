import type { FieldError } from '../../../../api/errors';
import type { CustomResourceColumnDefinition, CustomResourceDefinitionVersion, CustomResourceSubresources, SelectableField } from '../../../../api/generated/apiextensions.v1';
import { compileJsonPath } from '../../../../api/jsonpath';
import { propertyOf, schemaErrors, type Schema } from '../../../../api/structural';
import { duplicate, forbiddenField, invalidValue, required, tooMany } from '../../../../api/validation';

/** One entry of spec.versions. Source: validateCustomResourceDefinitionVersion. */
export function versionErrors(version: CustomResourceDefinitionVersion, path: string): FieldError[] {
  const schema = version.schema?.openAPIV3Schema as Schema | undefined;
  return [
    ...deprecationErrors(version, `${path}.deprecationWarning`),
    ...(schema ? [...rootErrors(schema, version, `${path}.schema`), ...schemaErrors(schema, `${path}.schema.openAPIV3Schema`)] : []),
    ...subresourceErrors(version.subresources, `${path}.subresources`),
    ...(version.additionalPrinterColumns ?? []).flatMap((column, at) => columnErrors(column, `${path}.additionalPrinterColumns[${at}]`)),
    ...selectableErrors(version.selectableFields ?? [], schema, `${path}.selectableFields`),
  ];
}

function deprecationErrors({ deprecated, deprecationWarning: warning }: CustomResourceDefinitionVersion, path: string): FieldError[] {
  if (warning === undefined || warning === null) return [];
  if (!deprecated) return [invalidValue(path, warning, 'can only be set for deprecated versions')];
  return [
    ...(warning.length > 256 ? [invalidValue(path, warning, 'must be <= 256 characters long')] : []),
    ...(warning ? [] : [invalidValue(path, warning, 'must not be an empty string')]),
  ];
}

const allowedAtRoot = ['Description', 'Type', 'Format', 'Title', 'Maximum', 'ExclusiveMaximum', 'Minimum', 'ExclusiveMinimum', 'MaxLength', 'MinLength', 'Pattern',
  'MaxItems', 'MinItems', 'UniqueItems', 'MultipleOf', 'Required', 'Items', 'Properties', 'ExternalDocs', 'Example', 'XPreserveUnknownFields', 'XValidations'];

const goName = (field: string) =>
  (field.startsWith('x-kubernetes-') ? `X${field.slice(13).split('-').map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')}` : field[0]!.toUpperCase() + field.slice(1));

/** With a status subresource the schema must come apart into that of the status and that of the rest. */
function rootErrors(schema: Schema, { subresources }: CustomResourceDefinitionVersion, path: string): FieldError[] {
  if (!subresources?.status) return [];
  if (schema.type !== 'object') return [invalidValue(`${path}.openAPIV3Schema.type`, schema.type ?? '', 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled')];
  const fits = Object.keys(schema).every((field) => allowedAtRoot.includes(goName(field)) || field === 'nullable');
  return fits ? [] : [invalidValue(`${path}.openAPIV3Schema`, schema, `only [${allowedAtRoot.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`)];
}

/** Source: ValidateCustomResourceDefinitionSubresources. */
function subresourceErrors(subresources: CustomResourceSubresources | undefined, path: string): FieldError[] {
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
function columnErrors({ name, type, format, jsonPath }: CustomResourceColumnDefinition, path: string): FieldError[] {
  const types = `must be one of ${columnTypes.join(',')}`;
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(type ? (columnTypes.includes(type) ? [] : [invalidValue(`${path}.type`, type, types)]) : [required(`${path}.type`, types)]),
    ...(format && !columnFormats.includes(format) ? [invalidValue(`${path}.format`, format, `must be one of ${columnFormats.join(',')}`)] : []),
    ...(jsonPath ? columnPathErrors(jsonPath, `${path}.jsonPath`) : [required(`${path}.jsonPath`)]),
  ];
}

/** Upstream serves a column that cannot be parsed not at all; here it is said at once. */
function columnPathErrors(jsonPath: string, path: string): FieldError[] {
  const wrong = simplePathErrors(jsonPath, path);
  if (wrong.length) return wrong;
  try {
    compileJsonPath(`{${jsonPath}}`);
    return [];
  } catch (error) {
    return [invalidValue(path, jsonPath, (error as Error).message)];
  }
}

const selectableMax = 8;

/** Source: ValidateCustomResourceSelectableFields. */
function selectableErrors(fields: readonly SelectableField[], schema: Schema | undefined, path: string): FieldError[] {
  const paths = fields.map(({ jsonPath }) => jsonPath ?? '');
  return [
    ...(paths.length > selectableMax ? [tooMany(path, paths.length, selectableMax)] : []),
    ...paths.flatMap((jsonPath, at) => (paths.indexOf(jsonPath) < at ? [duplicate(`${path}[${at}].jsonPath`, jsonPath)] : selectableError(jsonPath, schema, `${path}[${at}].jsonPath`))),
  ];
}

function selectableError(jsonPath: string, schema: Schema | undefined, path: string): FieldError[] {
  if (!jsonPath) return [required(path)];
  if (!/^(\.[A-Za-z_$][\w$-]*)+$/.test(jsonPath)) return [invalidValue(path, jsonPath, 'must be a simple path that names fields')];
  if (jsonPath.startsWith('.metadata.')) return [invalidValue(path, jsonPath, 'must not point to fields in metadata')];
  const field = jsonPath.slice(1).split('.').reduce<Schema | undefined>((owner, name) => propertyOf(owner, name), schema);
  if (!field) return [invalidValue(path, jsonPath, 'is an invalid path: does not refer to a valid field')];
  return ['string', 'boolean', 'integer'].includes(field.type ?? '') ? [] : [forbiddenField(path, 'must point to a field of type string, boolean or integer')];
}
