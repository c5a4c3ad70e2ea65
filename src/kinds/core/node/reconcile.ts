import { semanticEqual } from '../../../api/equal';
import type { Lease } from '../../../api/generated/coordination.v1';
import type { Node, Pod } from '../../../api/generated/core.v1';
import { timestamp } from '../../../api/clock';
import { event, update, updateStatus, type Action, type Plan } from '../../actions';
import { byNode, isReady } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { leases, nodes, pods } from '../../resources';
import { leaseNamespace, lostAtMs, nodeCondition, unknownConditions } from './heartbeat';
import { wantedTaints } from './taints';

/** Notices lost kubelets and taints nodes by their conditions. After k8s.io/kubernetes/pkg/controller/nodelifecycle. */
export const nodeLifecycleController = reconciler<Node>({
  name: 'node-controller',
  resource: nodes,
  watches: [watch<Lease>({
    resource: leases,
    // A renewal is looked at when the last one known has run out.
    concerns: () => false,
    keys: ({ metadata }) => (metadata.namespace === leaseNamespace ? [metadata.name] : []),
  })],
  reads: [pods],
  reconcile: (node, observed, context) => {
    const { actions, ...rest } = reconcileNode(node, observed, context);
    return { actions: [...(context.first ? [membership(node, 'RegisteredNode', `Registered Node ${node.metadata.name} in Controller`)] : []), ...actions], ...rest };
  },
  gone: ({ name }) => ({ actions: [membership({ metadata: { name }, spec: {} }, 'RemovingNode', `Removing Node ${name} from Controller`)] }),
});

const membership = (node: Node, reason: string, what: string): Action => event(nodes, node, 'Normal', reason, `Node ${node.metadata.name} event: ${what}`);

export function reconcileNode(node: Node, observed: Observed, { nowMs, sinceMs }: ReconcileContext): Plan {
  const lostAt = lostAtMs(node, observed.get(leases, node.metadata.name, leaseNamespace), sinceMs);
  const requeue = lostAt > nowMs ? { requeueAfterMs: lostAt - nowMs } : {};
  const unknown = lostAt <= nowMs ? unknownConditions(node, nowMs) : undefined;
  if (unknown) return { actions: declareLost(node, unknown), ...requeue };
  const taints = wantedTaints(node, nowMs);
  const tainted: Action[] = semanticEqual(node.spec?.taints, taints) ? [] : [update(nodes, { ...node, spec: { ...node.spec, taints } })];
  return { actions: [...tainted, ...markPods(node, observed, nowMs)], ...requeue };
}

function declareLost(node: Node, conditions: NonNullable<Node['status']>['conditions']): Action[] {
  const wasReady = nodeCondition(node, 'Ready')?.status === 'True';
  return [
    updateStatus(nodes, { ...node, status: { ...node.status, conditions: conditions! } }),
    ...(wasReady ? [event(nodes, node, 'Normal', 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`)] : []),
  ];
}

/** Nobody can say that the pods of a lost node are ready. While its kubelet lives, it says so itself. */
function markPods(node: Node, observed: Observed, nowMs: number): Action[] {
  if (nodeCondition(node, 'Ready')?.status !== 'Unknown') return [];
  return observed.find(pods, byNode, node.metadata.name).filter(isReady).flatMap((pod) => [
    updateStatus(pods, notReady(pod, nowMs)),
    event(pods, pod, 'Warning', 'NodeNotReady', 'Node is not ready'),
  ]);
}

const notReady = (pod: Pod, nowMs: number): Pod => ({
  ...pod,
  status: {
    ...pod.status,
    conditions: (pod.status?.conditions ?? []).map((condition) =>
      (condition.type === 'Ready' ? { ...condition, status: 'False', lastTransitionTime: timestamp(nowMs) } : condition)),
  },
});
