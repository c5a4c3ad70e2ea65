import type { ControllerRevision, StatefulSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import type { Action } from '../../actions';
import { isAvailable, isFinished, isReady } from '../../pod-state';
import type { Observed } from '../../reconciler';
import { isStale, provide, retain } from './claims';
import { firstOrdinal, isInRange, newPod, ordinalOf, reidentified, replicasOf, revisionOf } from './identity';
import { createPod, deletePod, failure, recreating, updatePod } from './pods';

/** A set and its pods, as observed at one time. */
export interface Members {
  readonly set: StatefulSet;
  readonly current: ControllerRevision;
  readonly updated: ControllerRevision;
  /** By ordinal, from the first; undefined where there is none yet. */
  readonly replicas: readonly (Pod | undefined)[];
  /** Out of range, the highest ordinal first. */
  readonly condemned: readonly Pod[];
  readonly observed: Observed;
  readonly nowMs: number;
}

export function sortOut(set: StatefulSet, owned: readonly Pod[]): Pick<Members, 'replicas' | 'condemned'> {
  const ordinal = (pod: Pod) => ordinalOf(set, pod)!;
  const byOrdinal = new Map(owned.map((pod) => [ordinal(pod), pod]));
  return {
    replicas: Array.from({ length: replicasOf(set) }, (_, at) => byOrdinal.get(firstOrdinal(set) + at)),
    condemned: owned.filter((pod) => !isInRange(set, ordinal(pod))).sort((a, b) => ordinal(b) - ordinal(a)),
  };
}

export const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isReady(pod);
const isTerminating = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;
const isHealthy = (pod: Pod | undefined) => pod !== undefined && isRunningAndReady(pod) && !isTerminating(pod);

/** What one pod needs, and whether those behind it have to wait. */
interface Step {
  readonly actions: readonly Action[];
  readonly blocks: boolean;
}

const wait: Step = { actions: [], blocks: true };

/** After updateStatefulSet of pkg/controller/statefulset. */
export function decide(members: Members): readonly Action[] {
  const { set, condemned, observed } = members;
  const ordered = set.spec.podManagementPolicy !== 'Parallel';
  const filled = inTurn(members.replicas.map((pod, at) => () => fill(members, firstOrdinal(set) + at, pod)), ordered);
  if (filled.blocks) return filled.actions;
  const kept = condemned.flatMap((pod) => retain(set, pod, ordinalOf(set, pod)!, observed));
  const shrunk = inTurn(condemned.map((pod) => () => condemn(members, pod, ordered)), ordered);
  const before = [...filled.actions, ...kept, ...shrunk.actions];
  return shrunk.blocks ? before : [...before, ...rollOn(members)];
}

/** Ordered sets stop at the first pod that blocks; with others nothing waits for anything. */
function inTurn(steps: readonly (() => Step)[], ordered: boolean): Step {
  const actions: Action[] = [];
  for (const step of steps) {
    const { actions: taken, blocks } = step();
    actions.push(...taken);
    if (blocks && ordered) return { actions, blocks };
  }
  return { actions, blocks: false };
}

function fill(members: Members, ordinal: number, pod: Pod | undefined): Step {
  const { set, observed, nowMs } = members;
  if (!pod) return make(members, ordinal);
  if (isFinished(pod)) return isTerminating(pod) ? wait : { actions: [recreating(set, pod), deletePod(set, pod)], blocks: true };
  const storage = pod.status?.phase === 'Pending' ? provide(set, ordinal, observed).actions : [];
  const isUp = !isTerminating(pod) && isRunningAndReady(pod) && isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);
  const identified = reidentified(pod, ordinal);
  return {
    actions: [...storage, ...retain(set, pod, ordinal, observed), ...(identified ? [updatePod(set, identified)] : [])],
    blocks: !isUp,
  };
}

function make(members: Members, ordinal: number): Step {
  const { set, observed } = members;
  if (isStale(set, ordinal, observed)) return wait;
  const pod = newPod(set, revisionFor(members, ordinal), ordinal);
  const { obstacle, actions } = provide(set, ordinal, observed);
  return { actions: obstacle ? [failure(set, 'Create', pod, obstacle)] : [...actions, createPod(set, pod)], blocks: true };
}

/** Below the partition pods are of the old revision, even new ones. */
function revisionFor({ set, current, updated }: Members, ordinal: number): ControllerRevision {
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
  const old = rollingUpdate ? rollingUpdate.partition ?? 0 : type === 'RollingUpdate' ? set.status?.currentReplicas ?? 0 : 0;
  return ordinal < firstOrdinal(set) + old ? current : updated;
}

/** From the highest ordinal down; while another pod is not well, only the first of those may go. */
function condemn(members: Members, pod: Pod, ordered: boolean): Step {
  if (isTerminating(pod)) return { actions: [], blocks: true };
  const isUp = isRunningAndReady(pod) && isAvailable(pod, members.set.spec.minReadySeconds ?? 0, members.nowMs);
  if (ordered && !isUp && pod !== firstUnhealthy(members)) return wait;
  return { actions: [deletePod(members.set, pod)], blocks: true };
}

function firstUnhealthy({ replicas, condemned }: Members): Pod | undefined {
  const all = [...replicas, ...[...condemned].reverse()];
  return all.find((pod) => !isHealthy(pod));
}

/** One pod at a time, from the highest ordinal down to the partition. */
function rollOn({ set, replicas, updated }: Members): Action[] {
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
  if (type === 'OnDelete') return [];
  for (let at = replicas.length - 1; at >= (rollingUpdate?.partition ?? 0); at--) {
    const pod = replicas[at];
    if (pod && revisionOf(pod) !== updated.metadata.name && !isTerminating(pod)) return [deletePod(set, pod)];
    if (!isHealthy(pod)) return [];
  }
  return [];
}

