import type { Lease } from '../../../../src/api/generated/coordination.v1';
import type { Node, Pod } from '../../../../src/api/generated/core.v1';
import type { UpdateAction } from '../../../../src/kinds/actions';
import { reconcileNode } from '../../../../src/kinds/core/node/reconcile';
import { leases, pods } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const at = (seconds: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString().replace('.000', '');
const ms = (seconds: number) => Date.parse(at(seconds));

const node = (ready: string, taints?: NonNullable<Node['spec']>['taints'], unschedulable?: boolean): Node => ({
  metadata: { name: 'n', creationTimestamp: at(0) }, spec: { ...(taints && { taints }), ...(unschedulable && { unschedulable }) },
  status: { conditions: [{ type: 'Ready', status: ready, lastHeartbeatTime: at(0) }] },
});
const lease = (seconds: number): Lease => ({ metadata: { name: 'n', namespace: 'kube-node-lease' }, spec: { renewTime: at(seconds) } });
const plan = (subject: Node, now: number, { renewed = 0, since = 0, running = [] as Pod[] } = {}) =>
  reconcileNode(subject, observedOf([leases, [lease(renewed)]], [pods, running]), { nowMs: ms(now), sinceMs: ms(since) });
const taintsAfter = (subject: Node) => ((plan(subject, 10).actions[0] as UpdateAction).object as Node).spec!.taints;

it('looks again when the lease runs out', () => {
  expect(plan(node('True'), 30, { renewed: 25 })).toEqual({ actions: [], requeueAfterMs: 35_000 });
});

it('gives kubelets time after it was not there itself', () => {
  expect(plan(node('True'), 1000, { renewed: 0, since: 990 })).toEqual({ actions: [], requeueAfterMs: 30_000 });
});

it('declares a silent kubelet lost', () => {
  const { actions, requeueAfterMs } = plan(node('True'), 41);
  expect(told(actions)).toEqual(['update nodes/status n', 'event Normal NodeNotReady: Node n status is now: NodeNotReady']);
  expect(requeueAfterMs).toBeUndefined();
  expect(((actions[0] as UpdateAction).object as Node).status!.conditions!.map(({ type, status, reason }) => [type, status, reason])).toEqual([
    ['Ready', 'Unknown', 'NodeStatusUnknown'], ['MemoryPressure', 'Unknown', 'NodeStatusNeverUpdated'],
    ['DiskPressure', 'Unknown', 'NodeStatusNeverUpdated'], ['PIDPressure', 'Unknown', 'NodeStatusNeverUpdated'],
  ]);
});

it('takes the pods of a lost node for not ready, not those of a node that says so itself', () => {
  const ready: Pod = { metadata: { name: 'web', namespace: 'default' }, spec: { nodeName: 'n', containers: [] }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
  expect(told(plan(node('Unknown'), 10, { running: [ready] }).actions)).toEqual(['update nodes n', 'update pods/status web', 'event Warning NodeNotReady: Node is not ready']);
  expect(told(plan(node('False'), 10, { running: [ready] }).actions)).toEqual(['update nodes n']);
});

it('taints by condition and cordon, and leaves the taints of others', () => {
  const own = { key: 'gpu', effect: 'NoSchedule' } as const;
  expect(taintsAfter(node('False', [own]))).toEqual([own,
    { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }, { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', timeAdded: at(10) }]);
  expect(taintsAfter(node('True', [own, { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', timeAdded: at(1) }]))).toEqual([own]);
  expect(taintsAfter(node('True', undefined, true))).toEqual([{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: at(10) }]);
});
