import type { Score } from '../plugins';
import { nodePreference, podPreference, spreadPreference, taintPreference } from './preferences';
import { balancedAllocation, leastAllocated } from './resources';

/** With upstream's weights. */
export const scores: readonly Score[] = [
  taintPreference,
  nodePreference,
  leastAllocated,
  spreadPreference,
  podPreference,
  balancedAllocation,
];
