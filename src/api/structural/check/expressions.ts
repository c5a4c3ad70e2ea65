import type { FieldError } from '../../errors';
import { quote } from '../../go/quote';
import { invalidValue, ShownAs } from '../../validation';
import { rulesOf, type CompiledRule } from '../cel';
import { valuesOf, type Schema, type ValidationRule } from '../schema';

/** What is wrong with the expressions of a schema that is in order otherwise. Source: ValidateCustomResourceDefinitionOpenAPISchema. */
export const expressionErrors = (schema: Schema, path: string): FieldError[] => errorsAt(schema, path, true, undefined);

/** `uncorrelatable`: the path from which on values have no earlier state that could be told to be theirs. */
function errorsAt(schema: Schema | undefined, path: string, isRoot: boolean, uncorrelatable: string | undefined): FieldError[] {
  if (!schema) return [];
  const { 'x-kubernetes-list-type': listType, 'x-kubernetes-map-type': mapType, properties = {}, items } = schema;
  const isResource = (of: Schema | undefined) => of?.['x-kubernetes-embedded-resource'] === true;
  const inItems = listType === 'map' ? uncorrelatable : path;
  const inFields = mapType === undefined || mapType === 'granular' || mapType === 'atomic' ? uncorrelatable : path;
  return [
    ...errorsAt(valuesOf(schema), `${path}.additionalProperties`, isResource(valuesOf(schema)), uncorrelatable),
    ...Object.entries(properties).flatMap(([name, property]) => errorsAt(property, `${path}.properties[${name}]`, isResource(property), inFields)),
    ...errorsAt(items, `${path}.items`, isResource(items), inItems),
    ...rulesOf(schema, isRoot).flatMap((compiled, at) => ruleErrors(compiled, `${path}.x-kubernetes-validations[${at}]`, uncorrelatable)),
  ];
}

function ruleErrors({ rule, error, messageError, usesOldSelf }: CompiledRule, path: string, uncorrelatable: string | undefined): FieldError[] {
  return [
    ...(error ? [invalidValue(`${path}.rule`, shown(rule), error)] : []),
    ...(messageError ? [invalidValue(`${path}.messageExpression`, shown(rule), messageError)] : []),
    ...(usesOldSelf && uncorrelatable !== undefined
      ? [invalidValue(`${path}.rule`, rule.rule, `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`)] : []),
    ...(!usesOldSelf && !error && rule.optionalOldSelf !== undefined ? [invalidValue(`${path}.optionalOldSelf`, rule.optionalOldSelf, 'may not be set if oldSelf is not used in rule')] : []),
  ];
}

/** As `%#v` prints it; of pointers to values Go prints addresses. */
function shown({ rule, message = '', messageExpression = '', reason, fieldPath = '', optionalOldSelf }: ValidationRule): ShownAs {
  const pointer = (type: string, value: unknown) => `(*${type})(${value === undefined ? 'nil' : '0xc000000000'})`;
  return new ShownAs(`apiextensions.ValidationRule{Rule:${quote(rule)}, Message:${quote(message)}, MessageExpression:${quote(messageExpression)}, `
    + `Reason:${pointer('apiextensions.FieldValueErrorReason', reason)}, FieldPath:${quote(fieldPath)}, OptionalOldSelf:${pointer('bool', optionalOldSelf)}}`);
}
