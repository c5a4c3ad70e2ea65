import { typeSchema, type FieldSchema, type FieldType } from './index';

/** What one type needs: constants for its own fields, and the fields below which there are more. */
interface DefaultsPlan {
  constants: { name: string; value: unknown }[];
  below: { name: string; visit: (value: unknown) => void }[];
}

const plans = new Map<string, DefaultsPlan | undefined>();

/**
 * Sets the constant defaults that the Go types declare (`+default=`), in place, wherever their owner exists.
 * Defaults that depend on other fields belong to the kind's strategy.
 */
export function applySchemaDefaults(object: object, key: string): void {
  applyPlan(object as Record<string, unknown>, planOf(key));
}

function applyPlan(object: Record<string, unknown>, plan: DefaultsPlan | undefined): void {
  if (!plan) return;
  for (const { name, value } of plan.constants) {
    if (object[name] === undefined || object[name] === null) object[name] = value;
  }
  for (const { name, visit } of plan.below) {
    const value = object[name];
    if (value !== undefined && value !== null) visit(value);
  }
}

/** Undefined when nothing below the type has a default; a type that is being planned counts as such (recursion). */
function planOf(key: string): DefaultsPlan | undefined {
  if (plans.has(key)) return plans.get(key);
  plans.set(key, undefined);
  const constants: DefaultsPlan['constants'] = [];
  const below: DefaultsPlan['below'] = [];
  for (const field of typeSchema(key).fields) {
    if (field.default !== undefined) {
      if (isWritten(field)) constants.push({ name: field.name, value: field.default });
      continue;
    }
    const visit = visitorOf(field.type);
    if (visit) below.push({ name: field.name, visit });
  }
  const plan = constants.length || below.length ? { constants, below } : undefined;
  plans.set(key, plan);
  return plan;
}

/** A zero default of a field that is not a pointer vanishes again when it is written. */
const isWritten = (field: FieldSchema) =>
  field.pointer || !field.omitEmpty || !['', 0, false].includes(field.default as string);

function visitorOf(type: FieldType): ((value: unknown) => void) | undefined {
  if ('ref' in type) {
    const plan = planOf(type.ref);
    return plan && ((value) => applyPlan(value as Record<string, unknown>, plan));
  }
  const each = 'list' in type ? visitorOf(type.list) : 'map' in type ? visitorOf(type.map) : undefined;
  return each && ((value) => Object.values(value as object).forEach(each));
}
