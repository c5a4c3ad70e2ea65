import { Compiler } from './compile/compiler';
import { Meter, type Activation } from './compile/frame';
import { Scope } from './compile/scope';
import { CostEstimator, type Extent } from './estimate';
import { CompileError } from './syntax/issues';
import { parseExpression } from './syntax/parser';
import type { Type } from './types';
import type { Value } from './values/value';

export { isCompileError } from './syntax/issues';
export { Meter, type Activation } from './compile/frame';
export { listOf, mapOf, objectOf, types, type ObjectType, type Type } from './types';
export { times, type Extent } from './estimate';
export { isCelError, isCostExceeded, type Value } from './values/value';

/** An expression that can be evaluated as often as one likes. */
export interface Program {
  /** What it gives, as far as that is known before it is run. */
  readonly type: Type;
  /** The meter counts what it takes, be it in vain. Throws CelError, and CostExceeded when that is too much. */
  evaluate(activation: Activation, meter?: Meter): Value;
}

/** Reads and checks an expression about variables of these types. Throws CompileError. */
export function compileExpression(source: string, variables: ReadonlyMap<string, Type>): Program {
  const compiler = new Compiler();
  const { type, run } = compiler.compile(parseExpression(source), Scope.of(variables));
  if (compiler.issues.length) throw new CompileError(source, compiler.issues);
  return {
    type: compiler.substitution.apply(type, true),
    evaluate: (activation, meter = new Meter()) => run({ activation, meter, locals: [] }),
  };
}

/** What an expression that can be compiled costs at most, by what there can be of its variables. */
export function estimateCost(source: string, variables: ReadonlyMap<string, Type>, extent: Extent): number {
  const compiler = new Compiler();
  const expression = parseExpression(source);
  compiler.compile(expression, Scope.of(variables));
  return new CostEstimator(compiler.typeOf, extent).estimate(expression).cost;
}
