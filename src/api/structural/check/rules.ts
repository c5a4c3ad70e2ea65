import type { FieldError } from '../../errors';
import { invalidValue, notSupported, required } from '../../validation';
import { propertyOf, valuesOf, type Schema, type ValidationRule } from '../schema';

const reasons = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];
const hasLineBreak = (text: string) => /[\n\r]/.test(text);

/** The form of x-kubernetes-validations, without their expressions. Source: ValidateCustomResourceDefinitionOpenAPISchema. */
export const ruleErrors = (schema: Schema, path: string): FieldError[] =>
  (schema['x-kubernetes-validations'] ?? []).flatMap((rule, at) => ownErrors(rule, schema, `${path}.x-kubernetes-validations[${at}]`));

function ownErrors({ rule = '', message = '', messageExpression = '', reason, fieldPath = '' }: ValidationRule, schema: Schema, path: string): FieldError[] {
  return [
    ...textErrors(rule, message, path),
    ...(messageExpression && !messageExpression.trim() ? [required(`${path}.messageExpression`, 'messageExpression must be non-empty if specified')] : []),
    ...(reason !== undefined && !reasons.includes(reason) ? [notSupported(`${path}.reason`, reason, reasons)] : []),
    ...(fieldPath && !fieldPath.trim() ? [invalidValue(`${path}.fieldPath`, fieldPath, 'fieldPath must be non-empty if specified')] : []),
    ...(hasLineBreak(fieldPath) ? [invalidValue(`${path}.fieldPath`, fieldPath, 'fieldPath must not contain line breaks')] : []),
    ...(fieldPath && !leadsToField(fieldPath, schema) ? [invalidValue(`${path}.fieldPath`, fieldPath, 'fieldPath must be a valid path')] : []),
  ];
}

function textErrors(rule: string, message: string, path: string): FieldError[] {
  if (!rule.trim()) return [required(`${path}.rule`, 'rule is not specified')];
  if (message && !message.trim()) return [invalidValue(`${path}.message`, message, 'message must be non-empty if specified')];
  if (hasLineBreak(message.trim())) return [invalidValue(`${path}.message`, message, 'message must not contain line breaks')];
  return hasLineBreak(rule.trim()) && !message.trim() ? [required(`${path}.message`, 'message must be specified if rule contains line breaks')] : [];
}

const step = /\.([^.[\]]+)|\['((?:\\.|[^'\\])*)'\]/y;

/** `.spec.replicas`, `.labels['app']`: whether each part is a field, or a key of a map. Source: ValidFieldPath. */
function leadsToField(path: string, schema: Schema): boolean {
  let at: Schema | undefined = schema;
  let end = 0;
  while (at && end < path.length) {
    step.lastIndex = end;
    const [found, plain, quoted] = step.exec(path) ?? [];
    if (!found) return false;
    end += found.length;
    at = at.properties ? propertyOf(at, plain ?? quoted!) : valuesOf(at);
  }
  return at !== undefined;
}
