import { deepEqual } from '../../equal';
import type { FieldError } from '../../errors';
import { duplicate, forbiddenField, invalidValue, required } from '../../validation';
import { correlatedItem } from '../correlate';
import { wholeError } from '../outcome';
import { below, isMembers, memberOf, type Schema, type ValidationRule } from '../schema';
import { compileRule, firstLine } from './environment';
import { asResource, celValue } from './values';

export { unsupportedRules } from './unsupported';

const blocking = new Set<FieldError['type']>(['FieldValueRequired', 'FieldValueTooLong', 'FieldValueTooMany', 'FieldValueTypeInvalid']);
const notChecked = 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** What the rules of a schema have against an object, which has `errors` already. Source: cel.Validator. */
export function ruleErrors(object: unknown, schema: Schema, old: unknown, errors: readonly FieldError[]): FieldError[] {
  if (!hasRules(schema)) return [];
  if (errors.some(({ type }) => blocking.has(type))) return [{ ...wholeError(notChecked), message: `Invalid value: "null": ${notChecked}` }];
  return visit(object, asResource(schema), '', old);
}

const known = new WeakMap<Schema, boolean>();

function hasRules(schema: Schema | undefined): boolean {
  if (!schema) return false;
  let has = known.get(schema);
  if (has === undefined) known.set(schema, (has = searched(schema)));
  return has;
}

function searched({ 'x-kubernetes-validations': rules, properties = {}, items, additionalProperties: values }: Schema): boolean {
  return (rules?.length ?? 0) > 0 || Object.values(properties).some(hasRules) || hasRules(items) || (typeof values === 'object' && hasRules(values));
}

function visit(value: unknown, schema: Schema | undefined, path: string, old: unknown): FieldError[] {
  if (!schema || value === null || value === undefined || !hasRules(schema)) return [];
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) => check(rule, value, schema, path, old));
  return [...own, ...visitBelow(value, schema, path, old)];
}

function visitBelow(value: unknown, schema: Schema, path: string, old: unknown): FieldError[] {
  if (Array.isArray(value)) {
    const oldItem = correlatedItem(schema, old);
    return value.flatMap((item, at) => visit(item, schema.items, `${path}[${at}]`, oldItem(item)));
  }
  if (!isMembers(value)) return [];
  return Object.keys(value).flatMap((name) => visit(value[name], memberOf(schema, name), below(path, name), isMembers(old) ? old[name] : undefined));
}

function check(rule: ValidationRule, value: unknown, schema: Schema, path: string, old: unknown): FieldError[] {
  const isTransition = /\boldSelf\b/.test(rule.rule);
  // A rule about one state has judged this one before.
  if (isTransition ? old === undefined : old !== undefined && deepEqual(value, old)) return [];
  const run = compileRule(rule.rule);
  if (run instanceof Error) return [];
  const context = { self: celValue(value, schema), ...(isTransition && { oldSelf: celValue(old, schema) }) };
  try {
    return run(context) === true ? [] : [failed(rule, schema, path, messageOf(rule, context))];
  } catch (error) {
    return [invalidValue(path || '<nil>', schema.type ?? '', `${firstLine(error as Error)} evaluating rule: ${messageOf(rule, context)}`)];
  }
}

function messageOf({ rule, message, messageExpression }: ValidationRule, context: Record<string, unknown>): string {
  return told(messageExpression, context) ?? (message?.trim() || `failed rule: ${rule.trim()}`);
}

function told(expression: string | undefined, context: Record<string, unknown>): string | undefined {
  const run = expression ? compileRule(expression) : undefined;
  if (!run || run instanceof Error) return undefined;
  try {
    const text: unknown = run(context);
    return typeof text === 'string' && text.trim() && !/[\n\r]/.test(text) ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

type Make = (path: string, type: string, message: string) => FieldError;

const makers: Readonly<Record<string, Make>> = {
  FieldValueRequired: (path, _type, message) => required(path, message),
  FieldValueForbidden: (path, _type, message) => forbiddenField(path, message),
  FieldValueDuplicate: (path, type) => duplicate(path, type),
};

function failed({ reason, fieldPath }: ValidationRule, schema: Schema, path: string, message: string): FieldError {
  const at = `${path}${fieldPath ?? ''}`.replace(/^\./, '') || '<nil>';
  return (makers[reason ?? ''] ?? invalidValue)(at, schema.type ?? '', message);
}
