import { Compiler } from './compile/compiler';
import { Meter, type Activation } from './compile/frame';
import { Scope } from './compile/scope';
import { CompileError } from './syntax/issues';
import { parseExpression } from './syntax/parser';
import type { Type } from './types';
import type { Value } from './values/value';

export { isCompileError } from './syntax/issues';
export type { Activation } from './compile/frame';
export { listOf, mapOf, objectOf, types, type ObjectType, type Type } from './types';
export { isCelError, type Value } from './values/value';

/** An expression that can be evaluated as often as one likes. */
export interface Program {
  /** What it gives, as far as that is known before it is run. */
  readonly type: Type;
  /** `cost`: what it took. Throws CelError, and CostExceeded when it takes more than `limit`. */
  evaluate(activation: Activation, limit?: number): { value: Value; cost: number };
}

/** What one evaluation may cost: about a tenth of a second. Source: celconfig.PerCallLimit. */
const perCallLimit = 1_000_000;

/** Reads and checks an expression about variables of these types. Throws CompileError. */
export function compileExpression(source: string, variables: ReadonlyMap<string, Type>): Program {
  const compiler = new Compiler();
  const { type, run } = compiler.compile(parseExpression(source), Scope.of(variables));
  if (compiler.issues.length) throw new CompileError(source, compiler.issues);
  return {
    type: compiler.substitution.apply(type, true),
    evaluate(activation, limit = perCallLimit) {
      const meter = new Meter(limit);
      const value = run({ activation, meter, locals: [] });
      return { value, cost: meter.spent };
    },
  };
}
