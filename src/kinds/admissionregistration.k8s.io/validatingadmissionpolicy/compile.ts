import { types, type Type } from '../../../api/cel';
import type { AuditAnnotation, ValidatingAdmissionPolicySpec, Validation } from '../../../api/generated/admissionregistration.v1';
import { compileConditions, compileFor, isBlank, type Expression } from '../expressions';
import { expressionVariables } from '../expression-types';

/** The expressions of a policy. */
export interface CompiledPolicy {
  readonly conditions: readonly Expression[];
  /** By their names; each sees those before it. */
  readonly variables: ReadonlyMap<string, Expression>;
  readonly validations: readonly CompiledValidation[];
  readonly auditAnnotations: readonly { readonly annotation: AuditAnnotation; readonly value: Expression }[];
}

export interface CompiledValidation {
  readonly validation: Validation;
  readonly expression: Expression;
  readonly message?: Expression;
}

/** What the types of a policy's own variables depend on; anything when absent. */
export interface PolicyTypes {
  readonly object?: Type;
  readonly params?: Type | undefined;
}

/** What the expressions see: all but the messages, too, whom an authorizer may ask. */
export function policyScope({ variables = [] }: ValidatingAdmissionPolicySpec, { object, params }: PolicyTypes): { variables: Map<string, Expression>; names(hasAuthorizer: boolean): Map<string, Type> } {
  const known = variables.length ? new Map<string, Type>() : undefined;
  const names = (hasAuthorizer: boolean) => expressionVariables({ params, hasAuthorizer, variables: known, ...(object && { object }) });
  const compiled = new Map<string, Expression>();
  for (const { name, expression } of variables) {
    const made = compileFor(expression, names(true), []);
    compiled.set(name, made);
    known!.set(name, made.program?.type ?? types.dyn);
  }
  return { variables: compiled, names };
}

/** Source: compilePolicy in k8s.io/apiserver/pkg/admission/plugin/policy/validating/plugin.go. */
export function compilePolicy(spec: ValidatingAdmissionPolicySpec): CompiledPolicy {
  const hasParams = spec.paramKind !== undefined;
  const { variables, names } = policyScope(spec, { params: hasParams ? types.dyn : undefined });
  const [all, forMessages] = [names(true), names(false)];
  return {
    variables, conditions: compileConditions(spec.matchConditions, hasParams),
    validations: (spec.validations ?? []).map((validation): CompiledValidation => ({
      validation, expression: compileFor(validation.expression, all, ['bool']),
      ...(!isBlank(validation.messageExpression) && { message: compileFor(validation.messageExpression!, forMessages, ['string']) }),
    })),
    auditAnnotations: (spec.auditAnnotations ?? []).map((annotation) => ({ annotation, value: compileFor(annotation.valueExpression.trim(), all, ['string', 'null']) })),
  };
}
