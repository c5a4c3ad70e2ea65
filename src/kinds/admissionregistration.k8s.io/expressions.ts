import { compileExpression, isCompileError, types, type Program, type Type } from '../../api/cel';
import { typeText } from '../../api/cel/types';
import type { FieldError } from '../../api/errors';
import type { MatchCondition } from '../../api/generated/admissionregistration.v1';
import { invalidValue, isQualifiedName, required, tooMany, type Path } from '../../api/validation';
import { duplicates, each, requiredBy } from '../validating';
import { expressionVariables } from './expression-types';

/** An expression of a policy or of a webhook, ready to be evaluated or with what is wrong with it. */
export interface Expression {
  readonly source: string;
  readonly program?: Program;
  readonly error?: string;
}

type ResultKind = 'bool' | 'string' | 'null';

/**
 * `results`: what it may give; whatever it likes when empty. What is not known before it runs is not good enough.
 * Source: CompileCELExpression in k8s.io/apiserver/pkg/admission/plugin/cel/compile.go.
 */
export function compileFor(source: string, variables: ReadonlyMap<string, Type>, results: readonly ResultKind[]): Expression {
  try {
    const program = compileExpression(source, variables);
    const isFit = !results.length || results.some((kind) => kind === program.type.kind);
    return isFit ? { source, program } : { source, error: unfit(results, program.type) };
  } catch (error) {
    if (!isCompileError(error)) throw error;
    return { source, error: `compilation failed: ${error.message}` };
  }
}

function unfit(results: readonly ResultKind[], type: Type): string {
  const names = results.map((kind) => shown(types[kind]));
  return `must evaluate to ${names.length === 1 ? names[0] : `one of [${names.join(' ')}]`} but got ${shown(type)}`;
}

const shown = (type: Type) => (type.kind === 'null' ? 'null_type' : typeText(type));

export const problem = ({ source, error }: Expression, path: Path, given = source): FieldError[] => (error === undefined ? [] : [invalidValue(path, given, error)]);

export const isBlank = (text: string | undefined): text is undefined => !text?.trim();

/** `hasParams`: of a policy with a paramKind. */
export function compileConditions(conditions: readonly MatchCondition[] | undefined, hasParams: boolean): Expression[] {
  if (!conditions?.length) return [];
  const variables = expressionVariables({ hasAuthorizer: true, params: hasParams ? types.dyn : undefined });
  return conditions.map(({ expression = '' }) => compileFor(expression.trim(), variables, ['bool']));
}

const conditionsMax = 64;

/** After validateMatchConditions. */
export function validateConditions(conditions: readonly MatchCondition[] | undefined, path: Path, hasParams: boolean): FieldError[] {
  if (!conditions?.length) return [];
  const names = conditions.map(({ name }) => name);
  return [
    ...(conditions.length > conditionsMax ? [tooMany(path, conditions.length, conditionsMax)] : []),
    ...each(compileConditions(conditions, hasParams), path, (expression, at) =>
      (expression.source ? problem(expression, `${at}.expression`) : [required(`${at}.expression`)])),
    ...each(names, path, (name, at) => requiredBy(isQualifiedName, name, `${at}.name`)),
    ...duplicates(names, (i) => `${path}[${i}].name`),
  ];
}
