import type { FieldError } from '../errors';
import { aggregate, invalidValue } from '../validation/errors';
import { isLabelValue, isQualifiedName } from '../validation/names';

export type Labels = Record<string, string> | undefined;

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  key: string;
  operator: Operator;
  values: readonly string[];
}

export const binaryOperators: readonly Operator[] = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];

const int64 = /^[-+]?\d+$/;

/** strconv.ParseInt in base 10; undefined when it would fail. */
function parseInt64(text: string): bigint | undefined {
  if (!int64.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

const one = (values: readonly string[]) => values.length === 1;
const valueRules: Record<Operator, { ok: (values: readonly string[]) => boolean; message: string }> = {
  in: { ok: (values) => values.length > 0, message: "for 'in', 'notin' operators, values set can't be empty" },
  notin: { ok: (values) => values.length > 0, message: "for 'in', 'notin' operators, values set can't be empty" },
  '=': { ok: one, message: 'exact-match compatibility requires one single value' },
  '==': { ok: one, message: 'exact-match compatibility requires one single value' },
  '!=': { ok: one, message: 'exact-match compatibility requires one single value' },
  exists: { ok: (values) => values.length === 0, message: 'values set must be empty for exists and does not exist' },
  '!': { ok: (values) => values.length === 0, message: 'values set must be empty for exists and does not exist' },
  gt: { ok: one, message: "for 'Gt', 'Lt' operators, exactly one value is required" },
  lt: { ok: one, message: "for 'Gt', 'Lt' operators, exactly one value is required" },
};

function valueErrors({ key, operator, values }: Requirement): FieldError[] {
  const rule = valueRules[operator];
  return [
    ...(rule.ok(values) ? [] : [invalidValue('values', values, rule.message)]),
    ...(operator === 'gt' || operator === 'lt' ? values : []).flatMap((value, i) =>
      parseInt64(value) === undefined ? [invalidValue(`values[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")] : []),
    ...values.flatMap((value, i) => {
      const messages = isLabelValue(value);
      return messages.length ? [invalidValue(`values[${i}][${key}]`, value, messages.join('; '))] : [];
    }),
  ];
}

/** Throws a plain Error with the text of upstream's NewRequirement. `path`: what the key is called in that text. */
export function checkKey(key: string, path: string): void {
  const messages = isQualifiedName(key);
  if (messages.length) throw new Error(aggregate([invalidValue(path, key, messages.join('; '))]));
}

/** A checked requirement. Throws a plain Error with upstream's text. */
export function newRequirement(key: string, operator: Operator, values: readonly string[]): Requirement {
  const requirement = { key, operator, values };
  const keyMessages = isQualifiedName(key);
  const errors = [
    ...(keyMessages.length ? [invalidValue('key', key, keyMessages.join('; '))] : []),
    ...valueErrors(requirement),
  ];
  if (errors.length) throw new Error(aggregate(errors));
  return requirement;
}

function compares({ operator, values }: Requirement, actual: string): boolean {
  const left = parseInt64(actual);
  const right = parseInt64(values[0] ?? '');
  if (left === undefined || right === undefined) return false;
  return operator === 'gt' ? left > right : left < right;
}

function requirementMatches(requirement: Requirement, labels: Labels): boolean {
  const { key, operator, values } = requirement;
  const actual = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=': case '==': case 'in': return actual !== undefined && values.includes(actual);
    case '!=': case 'notin': return actual === undefined || !values.includes(actual);
    case 'exists': return actual !== undefined;
    case '!': return actual === undefined;
    case 'gt': case 'lt': return actual !== undefined && compares(requirement, actual);
  }
}

export function matchesAll(requirements: readonly Requirement[], labels: Labels): boolean {
  return requirements.every((requirement) => requirementMatches(requirement, labels));
}

const infix: Partial<Record<Operator, string>> = { gt: '>', lt: '<' };

/** labels.Requirement.String. */
export function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  const listed = [...values].sort().join(',');
  return operator === 'in' || operator === 'notin' ? `${key} ${operator} (${listed})` : `${key}${infix[operator] ?? operator}${listed}`;
}

/** Sorted by key, as upstream keeps them. */
export function sortRequirements(requirements: Requirement[]): Requirement[] {
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
