import type { Score } from '../plugins';
import { imageLocality } from './image-locality';
import { nodePreference, podPreference, taintPreference } from './preferences';
import { balancedAllocation, leastAllocated } from './resources';
import { spreadPreference } from './spread';

/** With upstream's weights. */
export const scores: readonly Score[] = [
  taintPreference,
  nodePreference,
  leastAllocated,
  spreadPreference,
  podPreference,
  balancedAllocation,
  imageLocality,
];
