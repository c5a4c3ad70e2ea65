import { parseSignature, type Signature } from '../signature';
import type { Value } from '../values/value';

/** One form of a function and what it does. */
export interface Overload extends Signature {
  /** Throws CelError. */
  run(args: readonly Value[]): Value;
  /** What a call costs; 1 when absent. Source: cel-go's runtimecost.go and k8s.io/apiserver/pkg/cel/library/cost.go. */
  cost?(args: readonly Value[], result: Value): number;
}

/** A row of a library's table: how it is called and what it does with arguments of those types. */
export function row<A extends (Value | undefined)[]>(signature: string, run: (...args: A) => Value, cost?: Overload['cost']): Overload {
  return { ...parseSignature(signature), run: (args) => run(...(args as readonly (Value | undefined)[] as A)), ...(cost && { cost }) };
}
