import type { FieldError } from '../../../../api/errors';
import type { SelectableField } from '../../../../api/generated/apiextensions.v1';
import { propertyOf, valuesOf, type Schema } from '../../../../api/structural';
import { duplicate, invalidValue, required, tooMany } from '../../../../api/validation';

const fieldsMax = 8;

/** Source: ValidateCustomResourceSelectableFields. */
export function selectableErrors(fields: readonly SelectableField[], schema: Schema, path: string): FieldError[] {
  const seen = new Set<string>();
  const errors = fields.flatMap(({ jsonPath = '' }, i) => fieldErrors(jsonPath, schema, `${path}[${i}].jsonPath`, seen));
  return [...errors, ...(seen.size > fieldsMax ? [tooMany(path, seen.size, fieldsMax)] : [])];
}

function fieldErrors(jsonPath: string, schema: Schema, path: string, seen: Set<string>): FieldError[] {
  if (!jsonPath) return [required(path)];
  const found = fieldAt(jsonPath, schema);
  if (typeof found === 'string') return [invalidValue(path, jsonPath, `is an invalid path: ${found}`)];
  const errors = [
    ...(/^\.metadata(\.|$)/.test(jsonPath) ? [invalidValue(path, jsonPath, 'must not point to fields in metadata')] : []),
    ...(['string', 'boolean', 'integer'].includes(found.type ?? '') ? []
      : [invalidValue(path, jsonPath, 'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.')]),
    ...(seen.has(jsonPath) ? [duplicate(path, jsonPath)] : []),
  ];
  seen.add(jsonPath);
  return errors;
}

const nowhere = 'does not refer to a valid field';

/** The schema that a path leads to, or why it leads nowhere. Source: ValidFieldPath. */
function fieldAt(jsonPath: string, schema: Schema): Schema | string {
  const tokens = jsonPath.match(/[.[\]]|[^.[\]]+/g) ?? [];
  let at = schema;
  for (let i = 0; i < tokens.length; i += 2) {
    const [token, name] = [tokens[i]!, tokens[i + 1]];
    if (token === '[') return 'array notation is not allowed';
    if (token !== '.') return `expected [ or . but got: ${token}`;
    if (name === undefined) return 'unexpected end of JSON path';
    const next = at.properties ? propertyOf(at, name) : valuesOf(at);
    if (!next) return nowhere;
    at = next;
  }
  return at;
}
