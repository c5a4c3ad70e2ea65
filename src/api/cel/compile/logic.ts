import { isCelError, noSuchOverload, type CelError, type Value } from '../values/value';
import type { Frame, Run } from './frame';

/** A value, or the error that there was instead. */
type Outcome = { readonly value: Value } | { readonly error: CelError };

function attempt(run: Run, frame: Frame): Outcome {
  try {
    return { value: run(frame) };
  } catch (error) {
    if (isCelError(error)) return { error };
    throw error;
  }
}

const errorOf = (outcome: Outcome): CelError => ('error' in outcome ? outcome.error : noSuchOverload());

/** One side that decides makes an error of the other not matter. */
export function logicalOperator(isAnd: boolean, left: Run, right: Run): Run {
  const deciding = !isAnd;
  return (frame) => {
    const first = attempt(left, frame);
    if ('value' in first && first.value === deciding) return deciding;
    const second = attempt(right, frame);
    if ('value' in second && second.value === deciding) return deciding;
    for (const outcome of [first, second]) if ('error' in outcome || typeof outcome.value !== 'boolean') throw errorOf(outcome);
    return isAnd;
  };
}

export const conditional = (condition: Run, then: Run, otherwise: Run): Run => (frame) => {
  const holds = condition(frame);
  if (typeof holds !== 'boolean') throw noSuchOverload();
  return holds ? then(frame) : otherwise(frame);
};

/** Folds a truth over members as `&&` and `||` would: ends where one decides, and keeps an error until then. */
export function quantified(isAll: boolean, members: Iterable<() => Value>): boolean {
  let error: CelError | undefined;
  for (const member of members) {
    try {
      const holds = member();
      if (typeof holds !== 'boolean') throw noSuchOverload();
      if (holds !== isAll) return !isAll;
    } catch (failure) {
      if (!isCelError(failure)) throw failure;
      error ??= failure;
    }
  }
  if (error) throw error;
  return isAll;
}
