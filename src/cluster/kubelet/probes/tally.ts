import type { Probe } from '../../../api/generated/core.v1';

/** The results in a row of one probe. */
export interface Tally {
  readonly last?: 'success' | 'failure';
  readonly run: number;
}

export const noResults: Tally = { run: 0 };

export function count({ last, run }: Tally, result: 'success' | 'failure'): Tally {
  return { last: result, run: last === result ? run + 1 : 1 };
}

/** What the results in a row amount to; undefined below the threshold. */
export function verdictOf({ last, run }: Tally, { successThreshold = 1, failureThreshold = 3 }: Probe): 'success' | 'failure' | undefined {
  if (!last) return undefined;
  return run >= (last === 'success' ? successThreshold : failureThreshold) ? last : undefined;
}
