import { isCelError, isCostExceeded, Meter, type Activation, type Program, type Value } from '../../../../api/cel';
import { CelError, Mapping } from '../../../../api/cel/values/value';
import type { Expression } from '../../../../kinds/admissionregistration.k8s.io/expressions';
import { activationOf, type Inputs } from './inputs';

export type Outcome = { readonly value: Value; readonly error?: undefined } | { readonly error: string };

/** The expressions of one set have spent what they may. */
export class OutOfBudget extends Error {
  override readonly name = 'OutOfBudget';

  constructor() {
    super('validation failed due to running out of cost budget, no further validation rules will be run');
  }
}

export const isOutOfBudget = (error: unknown): error is OutOfBudget => error instanceof Error && error.name === 'OutOfBudget';

/** Source: celconfig.RuntimeCELCostBudget. */
export const policyBudget = 10_000_000;

/**
 * Evaluates the expressions of one set, which share a budget and the values of their policy's variables.
 * Source: evaluationActivation in k8s.io/apiserver/pkg/admission/plugin/cel/activation.go.
 */
export class Evaluation {
  readonly #activation: Activation;
  #left: number;

  constructor(inputs: Inputs, variables: ReadonlyMap<string, Expression>, budget: number) {
    this.#left = budget;
    const named = activationOf(inputs);
    const variablesValue = new LazyVariables(variables, (program) => this.#metered(program));
    this.#activation = (name) => (name === 'variables' ? variablesValue : named(name));
  }

  get left(): number {
    return this.#left;
  }

  /** Throws OutOfBudget. */
  evaluate(expression: Expression): Outcome {
    const outcome = this.#outcome(expression);
    if (this.#left < 0) throw new OutOfBudget();
    return outcome;
  }

  #outcome({ source, program, error }: Expression): Outcome {
    if (!program) return { error: `compilation error: ${error}` };
    try {
      return { value: this.#metered(program) };
    } catch (failure) {
      if (!isCelError(failure) && !isCostExceeded(failure)) throw failure;
      return { error: `expression '${source}' resulted in error: ${failure.message}` };
    }
  }

  #metered(program: Program): Value {
    const meter = new Meter();
    try {
      return program.evaluate(this.#activation, meter);
    } finally {
      this.#left -= meter.spent;
    }
  }
}

/** Evaluates what is asked for, once. Source: composition.go. */
class LazyVariables extends Mapping {
  override readonly typeName = 'kubernetes.variables';
  readonly #known = new Map<string, Value | CelError>();

  constructor(private readonly expressions: ReadonlyMap<string, Expression>, private readonly run: (program: Program) => Value) {
    super();
  }

  get size(): number {
    return this.expressions.size;
  }

  get(key: Value): Value | undefined {
    const expression = typeof key === 'string' ? this.expressions.get(key) : undefined;
    if (!expression) return undefined;
    const name = key as string;
    let value = this.#known.get(name);
    if (value === undefined) this.#known.set(name, (value = this.#evaluated(name, expression)));
    if (value instanceof Error) throw value;
    return value;
  }

  keys(): Iterable<Value> {
    return this.expressions.keys();
  }

  #evaluated(name: string, { program, error }: Expression): Value | CelError {
    const failed = (why: string) => new CelError(`composited variable ${JSON.stringify(name)} ${why}`);
    if (!program) return failed(`fails to compile: ${error}`);
    try {
      return this.run(program);
    } catch (failure) {
      if (!isCelError(failure) && !isCostExceeded(failure)) throw failure;
      return failed(`fails to evaluate: ${failure.message}`);
    }
  }
}
