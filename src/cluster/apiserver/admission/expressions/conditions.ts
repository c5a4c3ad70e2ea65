import type { Expression } from '../../../../kinds/admissionregistration.k8s.io/expressions';
import { Evaluation, isOutOfBudget } from './evaluation';
import type { Inputs } from './inputs';

/** Source: celconfig.RuntimeCELCostBudgetMatchConditions. */
const budget = 2_500_000;

const noVariables: ReadonlyMap<string, Expression> = new Map();

/** What conditions could not be told. */
export class ConditionFailure extends Error {
  override readonly name = 'ConditionFailure';
}

export const isConditionFailure = (error: unknown): error is ConditionFailure => error instanceof Error && error.name === 'ConditionFailure';

/**
 * Whether all conditions hold: one that does not is enough, whatever is wrong with the others. Those that cannot be told
 * count as not held where failures are ignored. Throws ConditionFailure. Source: matchconditions/matcher.go.
 */
export function conditionsHold(conditions: readonly Expression[], inputs: Inputs, failurePolicy: string | undefined): boolean {
  if (!conditions.length) return true;
  const errors = failures(conditions, inputs);
  if (!errors?.length) return errors !== undefined;
  if (failurePolicy === 'Ignore') return false;
  const texts = [...new Set(errors)];
  throw new ConditionFailure(texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`);
}

/** Undefined when a condition does not hold. */
function failures(conditions: readonly Expression[], inputs: Inputs): string[] | undefined {
  try {
    const evaluation = new Evaluation(inputs, noVariables, budget);
    const outcomes = conditions.map((condition) => evaluation.evaluate(condition));
    if (outcomes.some((outcome) => outcome.error === undefined && outcome.value === false)) return undefined;
    return outcomes.flatMap(({ error }) => error ?? []);
  } catch (error) {
    if (!isOutOfBudget(error)) throw error;
    return [error.message];
  }
}
