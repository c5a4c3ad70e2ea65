import type { Candidate } from '../cluster-state';
import type { Score } from '../plugins';

/** The more of cpu and memory is left, the better. */
export const leastAllocated: Score = {
  weight: 1,
  scale: 'none',
  of: ({ scoredRequests }) => ({ allocatable, scored }: Candidate) => {
    const free = ['cpu', 'memory'].flatMap((name) => {
      const capacity = allocatable[name] ?? 0;
      if (capacity === 0) return [];
      const requested = (scored[name] ?? 0) + (scoredRequests[name] ?? 0);
      return [requested > capacity ? 0 : Math.floor(((capacity - requested) * 100) / capacity)];
    });
    return free.length === 0 ? 0 : Math.floor(free.reduce((sum, part) => sum + part, 0) / free.length);
  },
};

/** The closer the used fractions of cpu and memory are to each other, the better. */
export const balancedAllocation: Score = {
  weight: 1,
  scale: 'none',
  of: ({ requests }) => ({ allocatable, requested }: Candidate) => {
    const fractions = ['cpu', 'memory'].flatMap((name) => {
      const capacity = allocatable[name] ?? 0;
      return capacity === 0 ? [] : [Math.min(1, ((requested[name] ?? 0) + (requests[name] ?? 0)) / capacity)];
    });
    const deviation = fractions.length === 2 ? Math.abs(fractions[0]! - fractions[1]!) / 2 : 0;
    return Math.floor((1 - deviation) * 100);
  },
};
