import { isCelError, isCostExceeded, Meter, type Activation, type Program } from '../../cel';
import { Optional } from '../../cel/values/value';
import { deepEqual } from '../../equal';
import type { FieldError } from '../../errors';
import { duplicate, forbiddenField, invalidValue, required } from '../../validation';
import { correlatedItem } from '../correlate';
import { wholeError } from '../outcome';
import { below, isMembers, memberOf, valuesOf, type Schema, type ValidationRule } from '../schema';
import { rulesOf, type CompiledRule } from './compile';
import { asResource } from './type';
import { schemaValue } from './values';

export { rulesOf, type CompiledRule } from './compile';
export { mostInRequest, ruleCosts, type RuleCost } from './cost';

/** What all rules of one object may cost together: about a second. Source: celconfig.RuntimeCELCostBudget. */
const budget = 10_000_000;
const messageBytesMax = 5 * 1024;

const blocking = new Set<FieldError['type']>(['FieldValueRequired', 'FieldValueTooLong', 'FieldValueTooMany', 'FieldValueTypeInvalid']);
const notChecked = 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

export interface RuleOutcome {
  readonly errors: FieldError[];
  /** What is wrong as it was before: it may stay so. */
  readonly ratcheted: FieldError[];
}

/** What the rules of a schema have against an object, which has `errors` already. Source: cel.Validator. */
export function checkRules(object: unknown, schema: Schema, old: unknown, errors: readonly FieldError[]): RuleOutcome {
  const outcome: RuleOutcome = { errors: [], ratcheted: [] };
  if (!hasRules(schema)) return outcome;
  if (errors.some(({ type }) => blocking.has(type))) {
    outcome.errors.push({ ...wholeError(notChecked), message: `Invalid value: "null": ${notChecked}` });
    return outcome;
  }
  new RuleWalk(outcome).visit({ value: object, old, node: schema, path: '', isRoot: true, isUnchanged: false });
  return outcome;
}

const known = new WeakMap<Schema, boolean>();

function hasRules(schema: Schema | undefined): boolean {
  if (!schema) return false;
  let has = known.get(schema);
  if (has === undefined) known.set(schema, (has = searched(schema)));
  return has;
}

function searched(schema: Schema): boolean {
  const { 'x-kubernetes-validations': rules, properties = {}, items } = schema;
  return (rules?.length ?? 0) > 0 || [...Object.values(properties), items, valuesOf(schema)].some(hasRules);
}

interface Place {
  readonly value: unknown;
  /** The earlier state, where there is one that can be told to be of the same thing. */
  readonly old: unknown;
  readonly node: Schema;
  readonly path: string;
  readonly isRoot: boolean;
  /** The nearest thing around that can be told apart is as it was. */
  readonly isUnchanged: boolean;
}

/** The budget is spent, or a rule may not go on: no further rules are run. */
class Exhausted extends Error {}

class RuleWalk {
  #left = budget;

  constructor(private readonly outcome: RuleOutcome) {}

  visit(place: Place): void {
    try {
      this.#visit(place);
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
    }
  }

  #visit(place: Place): void {
    const { value, old, node } = place;
    if (value === null || value === undefined || !hasRules(node)) return;
    const isUnchanged = old === undefined ? place.isUnchanged : deepEqual(value, old);
    this.#run({ ...place, isUnchanged });
    this.#below({ ...place, isUnchanged });
  }

  #below(place: Place): void {
    const { value, old, node, path } = place;
    if (Array.isArray(value)) {
      const oldItem = correlatedItem(node, old);
      value.forEach((item, at) => this.#enter(place, item, oldItem(item), node.items, `${path}[${at}]`));
    } else if (isMembers(value)) {
      for (const name of Object.keys(value)) {
        this.#enter(place, value[name], isMembers(old) ? old[name] : undefined, memberOf(node, name), below(path, name));
      }
    }
  }

  #enter({ isUnchanged }: Place, value: unknown, old: unknown, node: Schema | undefined, path: string): void {
    if (node) this.#visit({ value, old, node, path, isUnchanged, isRoot: node['x-kubernetes-embedded-resource'] === true });
  }

  #run(place: Place): void {
    const { value, old, node, isRoot } = place;
    const rules = rulesOf(node, isRoot);
    if (!rules.length) return;
    const shown = isRoot ? asResource(node) : node;
    const self = schemaValue(value, shown);
    const oldSelf = old === undefined || old === null ? undefined : schemaValue(old, shown);
    for (const compiled of rules) {
      const isOptional = compiled.rule.optionalOldSelf === true;
      if (compiled.usesOldSelf && oldSelf === undefined && !isOptional) continue;
      const before = isOptional ? (oldSelf === undefined ? Optional.none : new Optional(oldSelf)) : oldSelf;
      this.#evaluate(place, compiled, (name) => (name === 'self' ? self : before!));
    }
  }

  #evaluate(place: Place, compiled: CompiledRule, activation: Activation): void {
    const { rule, program, error } = compiled;
    const fail = (text: string) => this.outcome.errors.push(atPlace(place, text));
    if (error) fail(`rule compile error: ${error}`);
    if (!program) return;
    try {
      if (this.#spend(program, activation) !== true) this.#refuse(place, compiled, activation);
    } catch (failure) {
      const why = ruleText(rule);
      if (isCostExceeded(failure)) {
        fail(`'${failure.message}': no further validation rules will be run due to call cost exceeds limit for rule: ${why}`);
        throw new Exhausted();
      }
      if (!isCelError(failure)) throw failure;
      fail(failure.message.startsWith('no such overload')
        ? `'${failure.message}': call arguments did not match a supported operator, function or macro signature for rule: ${why}` : `${failure.message} evaluating rule: ${why}`);
    }
  }

  /** Throws Exhausted with an error noted when the budget does not reach. */
  #spend(program: Program, activation: Activation): unknown {
    const meter = new Meter();
    try {
      const value = program.evaluate(activation, meter);
      if (meter.spent <= this.#left) return value;
    } finally {
      this.#left -= meter.spent;
    }
    this.outcome.errors.push(invalidValue('<nil>', '', 'validation failed due to running out of cost budget, no further validation rules will be run'));
    throw new Exhausted();
  }

  #refuse(place: Place, compiled: CompiledRule, activation: Activation): void {
    const { rule, usesOldSelf } = compiled;
    const text = this.#told(compiled, activation) ?? (rule.message?.trim() || `failed rule: ${ruleText(rule)}`);
    const at = `${place.path}${rule.fieldPath ?? ''}`.replace(/^\./, '') || '<nil>';
    const error = (makers[rule.reason ?? ''] ?? invalidValue)(at, place.node.type ?? '', text);
    if (!usesOldSelf && place.isUnchanged) this.outcome.ratcheted.push(error);
    else this.outcome.errors.push(error);
  }

  /** Undefined when the expression does not give a message; the rule's own stands in for it. */
  #told({ message }: CompiledRule, activation: Activation): string | undefined {
    if (!message) return undefined;
    try {
      const text = this.#spend(message, activation);
      const trimmed = typeof text === 'string' ? text.trim() : '';
      return trimmed && !trimmed.includes('\n') && Buffer.byteLength(trimmed) <= messageBytesMax ? trimmed : undefined;
    } catch (error) {
      if (isCelError(error)) return undefined;
      throw error;
    }
  }
}

const ruleText = ({ rule, message }: ValidationRule): string => (message || rule).trim();

const atPlace = ({ path, node }: Place, text: string): FieldError => invalidValue(path || '<nil>', node.type ?? '', text);

type Make = (path: string, type: string, message: string) => FieldError;

const makers: Readonly<Record<string, Make>> = {
  FieldValueRequired: (path, _type, message) => required(path, message),
  FieldValueForbidden: (path, _type, message) => forbiddenField(path, message),
  FieldValueDuplicate: (path, type) => duplicate(path, type),
};
