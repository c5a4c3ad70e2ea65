import type { Machine } from '../../../client/machine';
import { podCIDR, podCIDRIndex } from '../cidrs';

export type Step =
  | { readonly do: 'bringUp'; readonly machine: Machine & { readonly podCIDR: string } }
  | { readonly do: 'takeDown'; readonly name: string }
  /** Pods get their addresses from a range of the node's own. */
  | { readonly do: 'giveRange'; readonly name: string; readonly podCIDR: string };

/** What to do so that the machine runs, or does not, as wanted; absent: it is gone. `ranges`: of all nodes. */
export function planMachine(name: string, wanted: Machine | undefined, isUp: boolean, ranges: readonly string[]): Step | undefined {
  if (!wanted?.isOn) return isUp ? { do: 'takeDown', name } : undefined;
  if (isUp) return undefined;
  if (wanted.podCIDR === undefined) return { do: 'giveRange', name, podCIDR: freeRange(ranges) };
  return { do: 'bringUp', machine: { ...wanted, podCIDR: wanted.podCIDR } };
}

/** The first that no node has. */
export function freeRange(taken: readonly string[]): string {
  const used = new Set(taken.map(podCIDRIndex));
  let index = 0;
  while (used.has(index)) index += 1;
  return podCIDR(index);
}
