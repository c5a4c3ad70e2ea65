import type { DaemonSet } from '../../../api/generated/apps.v1';
import type { Node, Pod } from '../../../api/generated/core.v1';
import { revisionLabel } from '../../history';
import { isAvailable, isFinished, isReady } from '../../pod-state';
import { scaledValue } from '../../scaled-value';
import { suitability, targetNode, type Suitability } from './nodes';

/** Nodes that need a pod, and pods that have to go. */
export interface Changes {
  readonly nodes: readonly string[];
  readonly victims: readonly Pod[];
}

/** A DaemonSet over the nodes, as observed at one time. */
export interface Placement {
  readonly set: DaemonSet;
  readonly hash: string;
  readonly nodes: readonly { readonly node: Node; readonly suits: Suitability; readonly pods: readonly Pod[] }[];
  /** Pods of no node that exists. */
  readonly stray: readonly Pod[];
  readonly nowMs: number;
}

export function placementOf(set: DaemonSet, hash: string, nodes: readonly Node[], pods: readonly Pod[], nowMs: number): Placement {
  const byNode = new Map<string, Pod[]>();
  const counted = pods.filter((pod) => !(isFinished(pod) && pod.metadata.deletionTimestamp));
  for (const pod of counted.sort(oldestFirst)) {
    const name = targetNode(pod);
    if (name === undefined) continue;
    byNode.set(name, [...(byNode.get(name) ?? []), pod]);
  }
  const placed = nodes.map((node) => ({ node, suits: suitability(set, node), pods: byNode.get(node.metadata.name) ?? [] }));
  for (const { metadata } of nodes) byNode.delete(metadata.name);
  return { set, hash, nodes: placed, stray: [...byNode.values()].flat(), nowMs };
}

/** Pods without a node come last: they may have been made by mistake. */
function oldestFirst(a: Pod, b: Pod): number {
  const assigned = (pod: Pod) => Number(Boolean(pod.spec?.nodeName));
  const created = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  return assigned(b) - assigned(a) || created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}

export const isRolling = ({ spec }: DaemonSet): boolean => (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** How many nodes may be without an available pod, and how many may have two. Both round up. */
export function limits({ set, nodes }: Placement): { surge: number; unavailable: number } {
  const desired = nodes.filter(({ suits }) => suits.shouldRun).length;
  const { maxSurge, maxUnavailable = 1 } = (isRolling(set) && set.spec.updateStrategy?.rollingUpdate) || {};
  const surge = scaledValue(maxSurge, desired, Math.ceil);
  const unavailable = scaledValue(maxUnavailable, desired, Math.ceil);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** A pod that fails as soon as it is made is not made anew more often than this. */
const failedPodMs = 10_000;

/** When a failed pod may be replaced, in milliseconds since the epoch. */
export const replaceableAtMs = ({ metadata }: Pod): number => (Date.parse(metadata.creationTimestamp ?? '') || 0) + failedPodMs;

/** What each node should have, apart from updates. After podsShouldBeOnNode of pkg/controller/daemon. */
export function correct(placement: Placement): Changes {
  const surging = limits(placement).surge > 0;
  const changes = placement.nodes.map((at) => correctNode(placement, at, surging));
  const neverScheduled = placement.stray.filter(({ spec, metadata }) => !spec?.nodeName && !metadata.deletionTimestamp);
  return { nodes: changes.flatMap(({ nodes }) => nodes), victims: [...changes.flatMap(({ victims }) => victims), ...neverScheduled] };
}

function correctNode(placement: Placement, { node, suits, pods }: Placement['nodes'][number], surging: boolean): Changes {
  const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  if (suits.shouldRun && pods.length === 0) return { nodes: [node.metadata.name], victims: [] };
  if (!suits.mayStay) return { nodes: [], victims: staying };
  const ended = staying.filter((pod) => isFinished(pod) && (pod.status?.phase === 'Succeeded' || replaceableAtMs(pod) <= placement.nowMs));
  const running = staying.filter((pod) => !isFinished(pod));
  if (!surging) return { nodes: [], victims: [...ended, ...running.slice(1)] };
  if (running.length === 0 && suits.shouldRun) return { nodes: [node.metadata.name], victims: ended };
  return { nodes: [], victims: [...ended, ...(running.length > 1 ? superfluous(placement, running) : [])] };
}

/** Two may be there while the new one is not available and the old one is ready. */
function superfluous({ set, hash, nowMs }: Placement, running: readonly Pod[]): Pod[] {
  const isNew = ({ metadata }: Pod) => metadata.labels?.[revisionLabel] === hash;
  const newest = running.find(isNew);
  const oldest = running.find((pod) => !isNew(pod));
  const rest = running.filter((pod) => pod !== newest && pod !== oldest);
  if (!newest || !oldest) return rest;
  const done = !isReady(oldest) || isAvailable(newest, set.spec.minReadySeconds ?? 0, nowMs);
  return done ? [...rest, oldest] : rest;
}
