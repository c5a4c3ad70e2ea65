import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../src/api/generated/core.v1';
import type { UpdateAction } from '../../src/kinds/actions';
import { persistentVolumeClaims, pods } from '../../src/kinds/resources';
import { claimProtection, claimProtectionController, volumeProtection, volumeProtectionController } from '../../src/kinds/storage-protection';
import { observedOf } from './observed';

const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 };
const claim = (more: object = {}): PersistentVolumeClaim => ({ metadata: { name: 'c', namespace: 'default', finalizers: [claimProtection], ...more }, spec: {} }) as PersistentVolumeClaim;
const user = (spec: object = {}, meta: object = {}): Pod => ({
  metadata: { name: 'p', namespace: 'default', uid: 'pod', ...meta },
  spec: { nodeName: 'n', containers: [], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }], ...spec },
}) as Pod;
const ofPod = { ownerReferences: [{ kind: 'Pod', name: 'p', uid: 'pod', controller: true }], name: 'p-v' };
const ephemeral = { volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: {} } }] };

/** The finalizers that are written, or that nothing is. */
function claimed(object: PersistentVolumeClaim, ...users: Pod[]): string[] | 'nothing' {
  const { actions } = claimProtectionController.reconcile(object, observedOf([pods, users], [persistentVolumeClaims, [object]]), { nowMs: 0, sinceMs: 0 });
  return actions.length ? (actions[0] as UpdateAction).object.metadata.finalizers! : 'nothing';
}

it.each<[string, PersistentVolumeClaim, Pod[], string[] | 'nothing']>([
  ['lives', claim(), [], 'nothing'],
  ['lives without protection', claim({ finalizers: ['x.example/y'] }), [], ['x.example/y', claimProtection]],
  ['is deleted and used', claim(deleted), [user()], 'nothing'],
  ['is deleted and used by a pod that has ended', claim(deleted), [{ ...user(), status: { phase: 'Succeeded' } } as Pod], 'nothing'],
  ['is deleted and not used', claim(deleted), [user({ volumes: [] })], []],
  ['is deleted and wanted by a pod without a node', claim(deleted), [user({ nodeName: undefined })], []],
  ['is deleted and had by a pod of its own', claim({ ...deleted, ...ofPod }), [user(ephemeral)], 'nothing'],
  ['is deleted and had by a pod of its own that is through', claim({ ...deleted, ...ofPod }), [user(ephemeral, deleted)], []],
  ['is deleted and has the name that a volume would have', claim({ ...deleted, name: 'p-v' }), [user(ephemeral)], []],
])('a claim that %s', (_, object, users, expected) => expect(claimed(object, ...users)).toEqual(expected));

it('lets a deleted volume go when no claim is bound to it', () => {
  const volume = (phase: string): PersistentVolume => ({ metadata: { name: 'v', finalizers: [volumeProtection], ...deleted }, spec: {}, status: { phase } }) as PersistentVolume;
  const reconcile = (phase: string) => volumeProtectionController.reconcile(volume(phase), observedOf(), { nowMs: 0, sinceMs: 0 }).actions;
  expect(reconcile('Bound')).toEqual([]);
  expect((reconcile('Available')[0] as UpdateAction).object.metadata.finalizers).toEqual([]);
});
