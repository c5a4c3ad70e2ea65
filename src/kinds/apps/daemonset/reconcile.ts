import { deepEqual, semanticEqual } from '../../../api/equal';
import type { ControllerRevision, DaemonSet, DaemonSetStatus } from '../../../api/generated/apps.v1';
import type { Node, Pod } from '../../../api/generated/core.v1';
import { objectKey } from '../../../api/meta';
import { event, nothingToDo, remove, updateStatus, type Action, type Plan } from '../../actions';
import { historyOf, revisionLabel, type History } from '../../history';
import { claim, watchOwned } from '../../owners';
import { createPod, deletePod } from '../../pod-control';
import { availableAtMs } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { controllerRevisions, daemonSets, nodes, pods } from '../../resources';
import { podTemplate } from './nodes';
import { correct, isRolling, placementOf, replaceableAtMs, type Changes, type Placement } from './placement';
import { roll } from './rolling';
import { calculateStatus } from './status';

/** Pods created or deleted in one go. */
const burst = 250;

/** What decides whether a pod belongs on a node. */
const decisive = ({ metadata, spec }: Node) => ({ labels: metadata.labels, taints: spec?.taints });

/** Keeps a pod on every node that suits. After k8s.io/kubernetes/pkg/controller/daemon. */
export const daemonSetController = reconciler<DaemonSet>({
  name: 'daemonset-controller',
  resource: daemonSets,
  watches: [
    watchOwned(pods, daemonSets, (set) => set.spec.selector),
    watchOwned(controllerRevisions, daemonSets, (set) => set.spec.selector),
    watch<Node>({
      resource: nodes,
      concerns: (node, old) => !deepEqual(decisive(node), decisive(old)),
      keys: (_, observed) => observed.list(daemonSets).map((set) => objectKey(set)),
    }),
  ],
  reconcile: reconcileDaemonSet,
});

export function reconcileDaemonSet(set: DaemonSet, observed: Observed, { nowMs }: ReconcileContext): Plan {
  if (semanticEqual(set.spec.selector, {})) {
    return { actions: [event(daemonSets, set, 'Warning', 'SelectingAll', 'This daemon set is selecting all pods. A non-empty selector is required.')] };
  }
  if (set.metadata.deletionTimestamp) return nothingToDo;
  const history = historyOf(set, daemonSets, observed, revisionLabel);
  if (!history.current) return { actions: [...history.actions, ...writeStatus(set, movedOn(set))] };
  const { owned, actions: claims } = claim(observed, pods, set, daemonSets, set.spec.selector);
  const hash = history.current.metadata.labels?.[revisionLabel] ?? '';
  const placement = placementOf(set, hash, observed.list(nodes), owned, nowMs);
  return {
    actions: [
      ...history.actions, ...claims, ...carryOut(placement, decide(placement)),
      ...superfluousRevisions(set, history, owned).map((revision) => remove(controllerRevisions, revision)),
      ...writeStatus(set, calculateStatus(placement)),
    ],
    ...requeue(placement),
  };
}

function decide(placement: Placement): Changes {
  const changes = correct(placement);
  const settled = changes.nodes.length + changes.victims.length === 0;
  return settled && isRolling(placement.set) ? roll(placement) : changes;
}

function carryOut({ set, hash }: Placement, { nodes: wanting, victims }: Changes): Action[] {
  const creations = wanting.slice(0, burst).map((name) => createPod(daemonSets, set, podTemplate(set, hash, name)));
  return [
    ...victims.flatMap((pod) => endedEvent(set, pod)),
    ...(creations.length > 0 ? [{ type: 'batch', actions: creations } as const] : []),
    ...(victims.length > 0 ? [{ type: 'batch', actions: victims.slice(0, burst).map((pod) => deletePod(daemonSets, set, pod)) } as const] : []),
  ];
}

function endedEvent(set: DaemonSet, { metadata: { namespace, name }, spec, status }: Pod): Action[] {
  const where = `daemon pod ${namespace}/${name} on node ${spec?.nodeName ?? ''}`;
  if (status?.phase === 'Failed') return [event(daemonSets, set, 'Warning', 'FailedDaemonPod', `Found failed ${where}, will try to kill it`)];
  if (status?.phase === 'Succeeded') return [event(daemonSets, set, 'Normal', 'SucceededDaemonPod', `Found succeeded ${where}, will try to delete it`)];
  return [];
}

const movedOn = ({ status }: DaemonSet): DaemonSetStatus => ({ ...status!, collisionCount: (status?.collisionCount ?? 0) + 1 });

const writeStatus = (set: DaemonSet, status: DaemonSetStatus): Action[] =>
  (semanticEqual(set.status, status) ? [] : [updateStatus(daemonSets, { ...set, status })]);

/** Old revisions beyond the history limit, the oldest first; never one that still has pods. */
function superfluousRevisions(set: DaemonSet, { known, current }: History, owned: readonly Pod[]): readonly ControllerRevision[] {
  const old = known.filter((revision) => revision !== current);
  const live = new Set(owned.map(({ metadata }) => metadata.labels?.[revisionLabel]));
  const idle = old.filter(({ metadata }) => !live.has(metadata.labels?.[revisionLabel]));
  return idle.slice(0, Math.max(0, old.length - (set.spec.revisionHistoryLimit ?? 10)));
}

/** Nothing tells when a pod has been ready for long enough, or may be replaced. */
function requeue({ set, nodes: placed, nowMs }: Placement): { requeueAfterMs?: number } {
  const all = placed.flatMap((at) => at.pods);
  const failed = all.filter(({ status, metadata }) => status?.phase === 'Failed' && !metadata.deletionTimestamp).map(replaceableAtMs);
  const dueMs = [...failed, ...all.map((pod) => availableAtMs(pod, set.spec.minReadySeconds ?? 0))].filter((at) => at > nowMs && at < Infinity);
  return dueMs.length > 0 ? { requeueAfterMs: Math.min(...dueMs) - nowMs } : {};
}
