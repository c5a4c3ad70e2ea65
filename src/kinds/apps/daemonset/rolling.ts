import type { Pod } from '../../../api/generated/core.v1';
import { isAvailable } from '../../pod-state';
import { isUpdated } from './nodes';
import { limits, type Changes, type Placement } from './placement';

type At = Placement['nodes'][number];

/** The pods of a node that are not on their way out; undefined when there are more than one of a kind. */
function pairOn({ set, hash }: Placement, { pods }: At): { fresh?: Pod; old?: Pod } | undefined {
  const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  const [fresh, ...moreFresh] = staying.filter((pod) => isUpdated(set, pod, hash));
  const [old, ...moreOld] = staying.filter((pod) => !isUpdated(set, pod, hash));
  return moreFresh.length + moreOld.length > 0 ? undefined : { ...(fresh && { fresh }), ...(old && { old }) };
}

/** The next step of a rolling update. After rollingUpdate of pkg/controller/daemon. */
export function roll(placement: Placement): Changes {
  const { surge, unavailable } = limits(placement);
  return surge === 0 ? replace(placement, unavailable) : surgeOn(placement, surge);
}

const availableIn = ({ set, nowMs }: Placement) => (pod: Pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);

/** Old pods go, as many as may be missing; those not available go in any case. */
function replace(placement: Placement, unavailableMax: number): Changes {
  const available = availableIn(placement);
  const victims: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const at of placement.nodes.filter(({ pods }) => pods.length > 0)) {
    const pair = pairOn(placement, at);
    const { fresh, old } = pair ?? {};
    if (old && !fresh) (available(old) ? candidates : victims).push(old);
    else if (!fresh || old || !available(fresh)) unavailable += 1;
  }
  return { nodes: [], victims: [...victims, ...candidates.slice(0, Math.max(0, unavailableMax - unavailable))] };
}

/** New pods come beside old ones, as many as may be too much; an old one goes when the new one is available. */
function surgeOn(placement: Placement, surgeMax: number): Changes {
  const available = availableIn(placement);
  const tally = { surging: 0, available: 0, nodes: [] as string[], candidates: [] as string[], victims: [] as Pod[], unwanted: [] as Pod[] };
  for (const at of placement.nodes.filter(({ pods }) => pods.length > 0)) {
    const pair = pairOn(placement, at);
    if (!pair) {
      tally.surging += 1;
      continue;
    }
    const { fresh, old } = pair;
    const counting = old ?? fresh;
    if (counting && available(counting)) tally.available += 1;
    if (!old) continue;
    if (fresh && available(fresh)) tally.victims.push(old);
    else if (fresh) tally.surging += 1;
    else if (!at.suits.shouldRun) (available(old) ? tally.unwanted : tally.victims).push(old);
    else (available(old) ? tally.candidates : tally.nodes).push(at.node.metadata.name);
  }
  // On nodes that it has to leave, a pod stays until the others suffice.
  const desired = placement.nodes.filter(({ suits }) => suits.shouldRun).length;
  return {
    nodes: [...tally.nodes, ...tally.candidates.slice(0, Math.max(0, surgeMax - tally.surging))],
    victims: [...tally.victims, ...tally.unwanted.slice(0, Math.max(0, tally.available - desired))],
  };
}
