import { compileExpression, isCompileError, types, type Program, type Type } from '../../cel';
import { optionalOf } from '../../cel/types';
import type { Schema, ValidationRule } from '../schema';
import { schemaType } from './type';

/** A rule ready to be evaluated, or why it is not. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  /** Absent for a rule without text, and for one that cannot be compiled. */
  readonly program?: Program;
  readonly error?: string;
  readonly message?: Program;
  readonly messageError?: string;
  readonly usesOldSelf: boolean;
}

const compiledRules = new WeakMap<Schema, { isRoot: boolean; rules: readonly CompiledRule[] }>();

/** The rules that a schema has for its own values, compiled once. `isRoot`: they are resources. */
export function rulesOf(schema: Schema, isRoot: boolean): readonly CompiledRule[] {
  const rules = schema['x-kubernetes-validations'];
  if (!rules?.length) return [];
  const known = compiledRules.get(schema);
  if (known?.isRoot === isRoot) return known.rules;
  const compiled = compileAll(rules, schemaType(schema, isRoot, 'self') ?? types.dyn);
  compiledRules.set(schema, { isRoot, rules: compiled });
  return compiled;
}

const compileAll = (rules: readonly ValidationRule[], self: Type) => rules.map((rule) => compileRule(rule, self));

/** What a rule about values of this type may name. */
export const variablesOf = ({ optionalOldSelf }: ValidationRule, self: Type): ReadonlyMap<string, Type> =>
  new Map([['self', self], ['oldSelf', optionalOldSelf ? optionalOf(self) : self]]);

/** Source: compileRule in k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel. */
function compileRule(rule: ValidationRule, self: Type): CompiledRule {
  const usesOldSelf = mentionsOldSelf(rule.rule ?? '');
  if (!rule.rule?.trim()) return { rule, usesOldSelf };
  const variables = variablesOf(rule, self);
  const program = compiled(rule.rule, variables);
  if (typeof program === 'string') return { rule, usesOldSelf, error: `compilation failed: ${program}` };
  if (program.type.kind !== 'bool') return { rule, usesOldSelf, error: 'cel expression must evaluate to a bool' };
  return { rule, usesOldSelf, program, ...messageOf(rule, variables) };
}

function messageOf({ messageExpression }: ValidationRule, variables: ReadonlyMap<string, Type>): Pick<CompiledRule, 'message' | 'messageError'> {
  if (!messageExpression) return {};
  const program = compiled(messageExpression, variables);
  if (typeof program === 'string') return { messageError: `messageExpression compilation failed: ${program}` };
  return program.type.kind === 'string' ? { message: program } : { messageError: 'messageExpression must evaluate to a string' };
}

function compiled(source: string, variables: ReadonlyMap<string, Type>): Program | string {
  try {
    return compileExpression(source, variables);
  } catch (error) {
    if (isCompileError(error)) return error.message;
    throw error;
  }
}

/** As a name of its own, not as a field and not in a text. */
const mentionsOldSelf = (rule: string): boolean => /(^|[^\w.])oldSelf\b/.test(rule.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""'));

