import type { Amounts } from '../../../kinds/pod-requests';
import type { Candidate } from '../cluster-state';
import type { Score } from '../plugins';

/* Run for every pod on every node that fits: plain arithmetic, nothing allocated. */

const of = (amounts: Amounts, name: string) => amounts[name] ?? 0;

/** 0 to 100; undefined where the node has nothing of it. */
function freePercentage({ allocatable, scored }: Candidate, requests: Amounts, name: string): number | undefined {
  const capacity = of(allocatable, name);
  if (capacity === 0) return undefined;
  const free = capacity - of(scored, name) - of(requests, name);
  return free < 0 ? 0 : Math.floor((free * 100) / capacity);
}

function mean(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return a ?? b ?? 0;
  return Math.floor((a + b) / 2);
}

/** The more of cpu and memory is left, the better. */
export const leastAllocated: Score = {
  weight: 1,
  scale: 'none',
  of: ({ scoredRequests }) => (node) => mean(freePercentage(node, scoredRequests, 'cpu'), freePercentage(node, scoredRequests, 'memory')),
};

function usedFraction({ allocatable, requested }: Candidate, requests: Amounts, name: string): number | undefined {
  const capacity = of(allocatable, name);
  return capacity === 0 ? undefined : Math.min(1, (of(requested, name) + of(requests, name)) / capacity);
}

/** The closer the used fractions of cpu and memory are to each other, the better. */
export const balancedAllocation: Score = {
  weight: 1,
  scale: 'none',
  of: ({ requests }) => (node) => {
    const cpu = usedFraction(node, requests, 'cpu');
    const memory = usedFraction(node, requests, 'memory');
    const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs(cpu - memory) / 2;
    return Math.floor((1 - deviation) * 100);
  },
};
