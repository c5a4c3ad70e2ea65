import type { ReplicaSet } from '../../../../src/api/generated/apps.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import type { BatchAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileReplicaSet } from '../../../../src/kinds/apps/replicaset/reconcile';
import { chooseVictims } from '../../../../src/kinds/replication/victims';
import { pods, replicaSets } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const context = { nowMs, sinceMs: 0 };

const set = (replicas: number, minReadySeconds = 0): ReplicaSet => ({
  metadata: { name: 'web', namespace: 'default', uid: 's', generation: 1 },
  spec: { replicas, minReadySeconds, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } as never },
});

interface PodOptions { owner?: string; labels?: Record<string, string>; ready?: string; phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed'; node?: string; restarts?: number; cost?: string; deleted?: boolean }

const pod = (name: string, { owner = 's', labels = { app: 'web' }, ready, phase = 'Running', node = 'n', restarts, cost, deleted }: PodOptions = {}): Pod => ({
  metadata: { name, uid: name, namespace: 'default', labels, creationTimestamp: '2025-12-01T00:00:00Z',
    ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }), ...(cost && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: owner, controller: true }] }) },
  spec: { containers: [], ...(node && { nodeName: node }) },
  status: { phase, ...(ready && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ready }] }),
    ...(restarts && { containerStatuses: [{ name: 'a', restartCount: restarts, image: '', imageID: '', ready: false }] }) },
});

const old = '2025-12-31T00:00:00Z';
const plan = (of: ReplicaSet, ...all: Pod[]) => reconcileReplicaSet(of, observedOf([pods, all], [replicaSets, [of]]), context);

it('does nothing when all is well', () => {
  const well: ReplicaSet = { ...set(1), status: { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 } };
  expect(plan(well, pod('a', { ready: old }))).toEqual({ actions: [] });
});

it('makes what is missing; finished and deleted pods do not count', () => {
  const { actions } = plan(set(3), pod('a', { phase: 'Failed' }), pod('b', { deleted: true }), pod('c'));
  expect(told(actions)).toEqual(['batch create pods web-', 'batch create pods web-', 'update replicasets/status web']);
});

it('says what keeps it from making pods', () => {
  const [batch] = plan(set(1)).actions as [BatchAction];
  expect(batch.failed!(new Error('quota'))).toMatchObject([{ object: { status: { replicas: 0, conditions: [
    { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota', lastTransitionTime: '2026-01-01T00:00:00Z' }] } } }]);
  expect(told(batch.actions.flatMap((action) => ('failed' in action ? action.failed!(new Error('quota')) : [])))).toEqual(['event Warning FailedCreate: Error creating: quota']);
});

it('adopts what it selects and nobody has, and lets go what it does not select', () => {
  const { actions } = plan(set(2), pod('a', { owner: '' }), pod('b', { labels: { app: 'x' } }), pod('c'), pod('d', { owner: 'other' }));
  expect(told(actions)).toEqual(['update pods a', 'update pods b', 'update replicasets/status web']);
});

it('changes nothing while it is being deleted, but counts', () => {
  const going = { ...set(3), metadata: { ...set(3).metadata, deletionTimestamp: old } };
  expect(told(plan(going, pod('a', { owner: '' })).actions)).toEqual(['update replicasets/status web']);
});

it('looks again when a ready pod has been so for long enough', () => {
  const { requeueAfterMs, actions } = plan(set(1, 30), pod('a', { ready: '2025-12-31T23:59:50Z' }));
  expect(requeueAfterMs).toBe(20_001);
  expect(((actions[0] as UpdateAction).object as ReplicaSet).status).toMatchObject({ readyReplicas: 1 });
});

describe('the pods that go first', () => {
  const first = (...all: Pod[]) => chooseVictims(all, all, 1, nowMs)[0]!.metadata.name;
  it.each<[string, string]>([
    ['unassigned', first(pod('a', { ready: old }), pod('b', { node: '', phase: 'Pending' }))],
    ['pending', first(pod('a'), pod('b', { phase: 'Pending' }))],
    ['not ready', first(pod('a', { ready: old }), pod('b'))],
    ['cheaper', first(pod('a', { ready: old }), pod('b', { ready: old, cost: '-1' }))],
    ['on a node with others', first(pod('a', { ready: old, node: 'x' }), pod('b', { ready: old }), pod('b', { ready: old }))],
    ['ready for a far shorter time', first(pod('a', { ready: old }), pod('b', { ready: '2025-12-31T23:59:00Z' }))],
    ['restarted more often', first(pod('a'), pod('b', { restarts: 3 }))],
  ])('%s', (_, name) => expect(name).toBe('b'));
});
