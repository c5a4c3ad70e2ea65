import { deepEqual } from '../../../api/equal';
import type { Endpoint, EndpointSlice } from '../../../api/generated/discovery.v1';
import { endpointKey } from './endpoints';

/** Endpoints in one slice. */
export const sliceSizeMax = 100;

export interface Packing {
  /** Endpoints of the slices that are kept, changed or not. */
  readonly kept: ReadonlyMap<EndpointSlice, readonly Endpoint[]>;
  /** Endpoints of slices to be made. */
  readonly added: readonly (readonly Endpoint[])[];
}

/**
 * Spreads endpoints over slices with few writes: what is in a slice stays there; new ones go into slices that change
 * anyway, the fullest first, then into the untouched slice that they fill best, then into new ones. A slice that
 * would be empty is not kept. After reconcileByPortMapping of k8s.io/endpointslice.
 */
export function pack(slices: readonly EndpointSlice[], endpoints: readonly Endpoint[], changesAnyway: (slice: EndpointSlice) => boolean): Packing {
  const pending = new Map(endpoints.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const kept = new Map<EndpointSlice, Endpoint[]>();
  for (const slice of slices) {
    const staying = takeKnown(slice, pending);
    if (staying.length > 0 || endpointsOf(slice).length === 0) kept.set(slice, staying);
  }
  const changing = [...kept].filter(([slice, staying]) => changesAnyway(slice) || !deepEqual(staying, endpointsOf(slice)));
  changing.sort(([, a], [, b]) => b.length - a.length);
  for (const [, staying] of changing) fill(staying, pending);

  const untouched = new Map([...kept].filter(([slice]) => !changing.some(([changed]) => changed === slice)));
  const added: Endpoint[][] = [];
  while (pending.size > 0) {
    const best = bestFit(untouched, pending.size);
    if (best) untouched.delete(best);
    const target = best ? kept.get(best)! : [];
    if (!best) added.push(target);
    fill(target, pending);
  }
  for (const [slice, staying] of kept) if (staying.length === 0) kept.delete(slice);
  return { kept, added };
}

/** Stored and read again, an empty list is null. */
const endpointsOf = (slice: EndpointSlice): readonly Endpoint[] => slice.endpoints ?? [];

function takeKnown(slice: EndpointSlice, pending: Map<string, Endpoint>): Endpoint[] {
  return endpointsOf(slice).flatMap((endpoint) => {
    const key = endpointKey(endpoint);
    const wanted = pending.get(key);
    pending.delete(key);
    return wanted ? [wanted] : [];
  });
}

function fill(target: Endpoint[], pending: Map<string, Endpoint>): void {
  for (const [key, endpoint] of pending) {
    if (target.length >= sliceSizeMax) return;
    target.push(endpoint);
    pending.delete(key);
  }
}

/** The slice with the least room that still takes all of them. */
function bestFit(candidates: ReadonlyMap<EndpointSlice, readonly Endpoint[]>, count: number): EndpointSlice | undefined {
  const room = (held: readonly Endpoint[]) => sliceSizeMax - held.length;
  const fitting = [...candidates].filter(([, held]) => room(held) >= count);
  return fitting.sort(([, a], [, b]) => room(a) - room(b))[0]?.[0];
}
