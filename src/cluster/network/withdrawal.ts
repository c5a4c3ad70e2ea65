import { sleep, type Clock } from '../../api/clock';
import type { Pod } from '../../api/generated/core.v1';
import type { ServiceProxy } from './rules/proxy';
import type { ClusterState } from './state';

export interface WithdrawalOptions {
  state: Pick<ClusterState, 'endpointSlices'>;
  proxies: () => Iterable<Pick<ServiceProxy, 'isCurrent'>>;
  clock: Clock;
}

/** Longest that a pod is kept waiting. */
const limitMs = 1000;
const everyMs = 5;

/**
 * Resolves when no Service leads new connections to the pod, or when that takes too long. The answer to a race that every
 * cluster knows: a server that ends at once would refuse what rules of a moment ago still send to it.
 */
export const withdrawal = ({ state, proxies, clock }: WithdrawalOptions) => async (pod: Pod): Promise<void> => {
  for (const untilMs = clock.now() + limitMs; clock.now() < untilMs; await sleep(clock, everyMs)) {
    const readiness = endpointsOf(state, pod);
    const isServed = readiness.some((isReady) => isReady);
    if (readiness.length === 0 || (!isServed && [...proxies()].every(({ isCurrent }) => isCurrent))) return;
  }
};

/** Whether each is ready. */
function endpointsOf({ endpointSlices }: WithdrawalOptions['state'], { metadata: { namespace, uid } }: Pod): boolean[] {
  return endpointSlices.list().filter((slice) => slice.metadata.namespace === namespace)
    .flatMap(({ endpoints }) => endpoints ?? []).filter(({ targetRef }) => targetRef?.uid === uid)
    .map(({ conditions }) => conditions?.ready !== false);
}
