import { timestamp } from '../../../api/clock';
import type { Lease } from '../../../api/generated/coordination.v1';
import type { Node, NodeCondition } from '../../../api/generated/core.v1';

/** Where kubelets renew a lease under their node's name. */
export const leaseNamespace = 'kube-node-lease';

/** A kubelet that has not been heard of for so long is taken for lost. */
const gracePeriodMs = 40_000;

/** What only the kubelet can tell of its node. */
const reported = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

export const nodeCondition = (node: Node, type: string): NodeCondition | undefined =>
  node.status?.conditions?.find((condition) => condition.type === type);

/** When the kubelet counts as lost, in milliseconds since the epoch. What happened before `sinceMs` was not observed. */
export function lostAtMs(node: Node, lease: Lease | undefined, sinceMs: number): number {
  const heard = [lease?.spec?.renewTime, nodeCondition(node, 'Ready')?.lastHeartbeatTime, node.metadata.creationTimestamp];
  return Math.max(sinceMs, ...heard.map((time) => (time ? Date.parse(time) : 0))) + gracePeriodMs;
}

/** Nothing is known of the node any more. Undefined when that was noted before. */
export function unknownConditions(node: Node, nowMs: number): NodeCondition[] | undefined {
  const known = node.status?.conditions ?? [];
  const stale = reported.filter((type) => nodeCondition(node, type)?.status !== 'Unknown');
  if (stale.length === 0) return undefined;
  const changed = known.map((condition) => (stale.includes(condition.type) ? {
    ...condition, status: 'Unknown', lastTransitionTime: timestamp(nowMs), reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.',
  } : condition));
  const never = stale.filter((type) => !nodeCondition(node, type)).map((type) => ({
    type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.',
    lastHeartbeatTime: node.metadata.creationTimestamp ?? timestamp(nowMs), lastTransitionTime: timestamp(nowMs),
  }));
  return [...changed, ...never];
}
