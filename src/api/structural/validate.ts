import { deepEqual } from '../equal';
import type { FieldError } from '../errors';
import { required, tooMany } from '../validation';
import { correlatedItem } from './correlate';
import { merged, outcome, wholeError, type Outcome } from './outcome';
import { invalidIn, wrongEnum, wrongNumber, wrongText, wrongType } from './scalars';
import { below, isMembers, metaFields, propertyOf, valuesOf, type Members, type Schema } from './schema';

/**
 * What is wrong with a value. With `old`, what did not change is not looked at again (ratcheting): only members that can
 * be told apart are compared. Source: kube-openapi's validate and apiserver/validation/ratcheting.go.
 */
export function validateValue(value: unknown, schema: Schema, path = '', old?: unknown): FieldError[] {
  return [...validate(value, schema, path, old).errors];
}

function validate(value: unknown, schema: Schema, path: string, old: unknown): Outcome {
  if (old !== undefined && deepEqual(value, old)) return outcome([]);
  const common = merged([outcome(wrongType(value, schema, path)), alternatives(value, schema, path, old)]);
  const rest = merged([outcome(wrongEnum(value, schema, path)), kindOfValue(value, schema, path, old)]);
  return value === null ? outcome([...wrongType(value, schema, path), ...wrongEnum(value, schema, path)]) : merged([common, rest]);
}

function kindOfValue(value: unknown, schema: Schema, path: string, old: unknown): Outcome {
  if (typeof value === 'string') return outcome(wrongText(value, schema, path));
  if (typeof value === 'number') return outcome(wrongNumber(value, schema, path));
  if (Array.isArray(value)) return validateItems(value, schema, path, old);
  return isMembers(value) ? validateMembers(value, schema, path, old) : outcome([]);
}

function validateItems(items: readonly unknown[], schema: Schema, path: string, old: unknown): Outcome {
  const { minItems, maxItems, items: item } = schema;
  const oldItem = correlatedItem(schema, old);
  return merged([
    ...(item ? items.map((one, at) => validate(one, item, `${path}[${at}]`, oldItem(one))) : []),
    outcome([
      ...(minItems !== undefined && items.length < minItems ? [invalidIn(path, items.length, `should have at least ${minItems} items`)] : []),
      ...(maxItems !== undefined && items.length > maxItems ? [tooMany(path, items.length, maxItems)] : []),
    ]),
  ]);
}

function validateMembers(object: Members, schema: Schema, path: string, old: unknown): Outcome {
  const names = Object.keys(object);
  const { minProperties, maxProperties } = schema;
  if (minProperties !== undefined && names.length < minProperties) return outcome([invalidIn(path, names.length, `should have at least ${minProperties} properties`)]);
  if (maxProperties !== undefined && names.length > maxProperties) return outcome([tooMany(path, names.length, maxProperties)]);
  return merged([
    ...names.map((name) => validateMember(object, name, schema, path, isMembers(old) ? old[name] : undefined)),
    outcome((schema.required ?? []).filter((name) => object[name] === undefined).map((name) => required(below(path, name)))),
  ]);
}

function validateMember(object: Members, name: string, schema: Schema, path: string, old: unknown): Outcome {
  const declared = propertyOf(schema, name);
  const at = below(path, name);
  if (declared) return validate(object[name], declared, at, old);
  const values = valuesOf(schema);
  if (values) return validate(object[name], values, at, old);
  const isForbidden = schema.additionalProperties === false && !(path === '' && metaFields.has(name));
  return outcome(isForbidden ? [invalidIn(at, name, 'is a forbidden property')] : []);
}

function alternatives(value: unknown, schema: Schema, path: string, old: unknown): Outcome {
  const of = (alternative: Schema) => validate(value, alternative, path, old);
  return merged([
    ...(schema.anyOf?.length ? [any(schema.anyOf.map(of), path)] : []),
    ...(schema.oneOf?.length ? [one(schema.oneOf.map(of), path)] : []),
    ...(schema.allOf?.length ? [all(schema.allOf.map(of), path)] : []),
    ...(schema.not && !of(schema.not).errors.length ? [outcome([wholeError(`"${path}" must not validate the schema (not)`)])] : []),
  ]);
}

const isValid = ({ errors }: Outcome) => errors.length === 0;
const closest = (outcomes: readonly Outcome[]) => outcomes.reduce((best, next) => (next.matches > best.matches ? next : best));

function any(outcomes: readonly Outcome[], path: string): Outcome {
  const good = outcomes.find(isValid);
  return good ?? merged([outcome([wholeError(`"${path}" must validate at least one schema (anyOf)`)]), closest(outcomes)]);
}

function one(outcomes: readonly Outcome[], path: string): Outcome {
  const good = outcomes.filter(isValid);
  if (good.length === 1) return good[0]!;
  const found = good.length ? `Found ${good.length} valid alternatives` : 'Found none valid';
  const error = outcome([wholeError(`"${path}" must validate one and only one schema (oneOf). ${found}`)]);
  return good.length ? error : merged([error, closest(outcomes)]);
}

function all(outcomes: readonly Outcome[], path: string): Outcome {
  if (outcomes.every(isValid)) return merged(outcomes);
  return merged([...outcomes, outcome([wholeError(`"${path}" must validate all the schemas (allOf)${outcomes.some(isValid) ? '' : '. None validated'}`)])]);
}
