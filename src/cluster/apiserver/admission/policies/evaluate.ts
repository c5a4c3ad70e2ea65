import type { Validation } from '../../../../api/generated/admissionregistration.v1';
import type { CompiledPolicy } from '../../../../kinds/admissionregistration.k8s.io/validatingadmissionpolicy/compile';
import { conditionsHold, isConditionFailure } from '../expressions/conditions';
import { Evaluation, isOutOfBudget, policyBudget, type Outcome } from '../expressions/evaluation';
import type { Inputs } from '../expressions/inputs';

/** What a policy has against a request. `reason` is absent where it could not be told. */
export interface Denial {
  /** Of the validation; 0 for the policy as a whole. */
  readonly index: number;
  readonly message: string;
  readonly reason?: string;
}

export interface Verdict {
  readonly denials: readonly Denial[];
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  /** Why an annotation could not be told: denies whatever the bindings say. */
  readonly annotationErrors: readonly string[];
}

const fine: Verdict = { denials: [], annotations: [], annotationErrors: [] };
const messageBytesMax = 5 * 1024;

/** What a policy says about a request with one set of parameters. Source: validator.Validate in policy/validating/validator.go. */
export function evaluatePolicy(policy: CompiledPolicy, inputs: Inputs, failurePolicy: string | undefined): Verdict {
  const failsOpen = failurePolicy === 'Ignore';
  try {
    // Conditions do not see the namespace.
    const { namespace: _, ...seen } = inputs;
    if (!conditionsHold(policy.conditions, seen, failurePolicy)) return fine;
    const denials = validate(policy, inputs).filter(({ reason }) => reason !== undefined || !failsOpen);
    const annotated = annotate(policy, inputs);
    return { denials, annotations: annotated.annotations, annotationErrors: failsOpen ? [] : annotated.errors };
  } catch (error) {
    if (!isOutOfBudget(error) && !isConditionFailure(error)) throw error;
    return failsOpen ? fine : { ...fine, denials: [{ index: 0, message: error.message }] };
  }
}

function validate({ validations, variables }: CompiledPolicy, inputs: Inputs): Denial[] {
  const evaluation = new Evaluation(inputs, variables, policyBudget);
  const outcomes = validations.map(({ expression }) => evaluation.evaluate(expression));
  const messages = new Evaluation(inputs, variables, evaluation.left);
  const told = messagesOf(validations, messages);
  return outcomes.flatMap((outcome, index): Denial[] => {
    const { validation } = validations[index]!;
    if (outcome.error !== undefined) return [{ index, message: outcome.error }];
    if (typeof told === 'string') return [{ index, message: `failed messageExpression: ${told}` }];
    if (outcome.value === true) return [];
    return [{ index, message: messageOf(validation, told[index]), reason: validation.reason ?? 'Invalid' }];
  });
}

/** The outcome of every message expression; the text of the error when they are too costly. */
function messagesOf(validations: CompiledPolicy['validations'], evaluation: Evaluation): (Outcome | undefined)[] | string {
  try {
    return validations.map(({ message }) => message && evaluation.evaluate(message));
  } catch (error) {
    if (isOutOfBudget(error)) return error.message;
    throw error;
  }
}

/** A message that is empty, has line breaks or is too long does not count. */
function messageOf({ message, expression }: Validation, outcome: Outcome | undefined): string {
  const told = outcome && outcome.error === undefined && typeof outcome.value === 'string' ? outcome.value.trim() : '';
  const fits = told && !told.includes('\n') && Buffer.byteLength(told) <= messageBytesMax;
  return (fits ? told : message?.trim()) || `failed expression: ${expression.trim()}`;
}

function annotate({ auditAnnotations, variables }: CompiledPolicy, inputs: Inputs): { annotations: { key: string; value: string }[]; errors: string[] } {
  const evaluation = new Evaluation(inputs, variables, policyBudget);
  const annotations: { key: string; value: string }[] = [];
  const errors: string[] = [];
  for (const { annotation: { key }, value: expression } of auditAnnotations) {
    const outcome = evaluation.evaluate(expression);
    if (outcome.error !== undefined) errors.push(outcome.error);
    else if (typeof outcome.value === 'string' && outcome.value.trim()) annotations.push({ key, value: outcome.value.trim() });
  }
  return { annotations, errors };
}
