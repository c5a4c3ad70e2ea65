import type { FieldError } from '../errors';

/** What validating one value found. `matches` counts the checks that were made: the best of several alternatives has most. */
export interface Outcome {
  readonly errors: readonly FieldError[];
  readonly matches: number;
}

export const outcome = (errors: readonly FieldError[], matches = 1): Outcome => ({ errors, matches });

export const merged = (outcomes: readonly Outcome[]): Outcome =>
  ({ errors: outcomes.flatMap(({ errors }) => errors), matches: outcomes.reduce((sum, { matches }) => sum + matches, 0) });

/** Errors of a schema as a whole have no field of their own. */
export const wholeError = (message: string): FieldError => ({ type: 'FieldValueInvalid', field: '<nil>', message: `Invalid value: "": ${message}` });
