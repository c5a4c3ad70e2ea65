import type { Pod, ReplicationController } from '../../../../src/api/generated/core.v1';
import { reconcileReplicationController } from '../../../../src/kinds/core/replicationcontroller/reconcile';
import { pods, replicationControllers } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const context = { nowMs: Date.parse('2026-01-01T00:00:00Z'), sinceMs: 0 };

const controller = (replicas: number, status?: ReplicationController['status']): ReplicationController => ({
  metadata: { name: 'web', namespace: 'default', uid: 'rc', generation: 1 },
  spec: { replicas, selector: { app: 'web' }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } as never },
  ...(status && { status }),
});

const pod = (name: string, owned = true): Pod => ({
  metadata: { name, uid: name, namespace: 'default', labels: { app: 'web' },
    ...(owned && { ownerReferences: [{ apiVersion: 'v1', kind: 'ReplicationController', name: 'web', uid: 'rc', controller: true }] }) },
  spec: { containers: [] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2025-12-31T00:00:00Z' }] },
});

const plan = (of: ReplicationController, ...all: Pod[]) =>
  told(reconcileReplicationController(of, observedOf([pods, all], [replicationControllers, [of]]), context).actions);

const well = { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 };

it.each<[string, ReplicationController, Pod[], string[]]>([
  ['does nothing when all is well', controller(1, well), [pod('a')], []],
  ['makes what is missing', controller(2, well), [pod('a')], ['batch create pods web-']],
  ['deletes what is too much', controller(0, well), [pod('a')], ['batch delete pods a']],
  ['adopts', controller(1, well), [pod('a', false)], ['update pods a']],
])('%s', (_, of, all, actions) => expect(plan(of, ...all)).toEqual(actions));
