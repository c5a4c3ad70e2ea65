import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core.v1';
import { compareQuantity, parseQuantity } from '../../api/quantity';
import { event, nothingToDo, remove, update, type Plan } from '../actions';
import { reconciler, watch, type Observed } from '../reconciler';
import { persistentVolumeClaims, persistentVolumes } from '../resources';
import { refersTo } from '../volume-binding';
import { isLocal, localProvisioner } from './local-storage';

/** A directory has the size that is asked of it: only the numbers grow. */
function grow(volume: PersistentVolume, claim: PersistentVolumeClaim): Plan {
  const wanted = claim.spec.resources?.requests?.storage ?? '0';
  if (compareQuantity(parseQuantity(wanted), parseQuantity(volume.spec.capacity?.storage ?? '0')) <= 0) return nothingToDo;
  const grown = { ...volume, spec: { ...volume.spec, capacity: { ...volume.spec.capacity, storage: wanted } } };
  const tell = (reason: string, message: string) => event(persistentVolumeClaims, claim, 'Normal', reason, message);
  return { actions: [
    tell('Resizing', `External resizer is resizing volume ${volume.metadata.name}`),
    update(persistentVolumes, grown, { succeeded: () => [tell('VolumeResizeSuccessful', 'Resize volume succeeded')] }),
  ] };
}

function reconcile(volume: PersistentVolume, observed: Observed): Plan {
  const { metadata, spec, status } = volume;
  if (!isLocal(volume) || metadata.deletionTimestamp) return nothingToDo;
  if (status?.phase === 'Released') return spec.persistentVolumeReclaimPolicy === 'Delete' ? { actions: [{ ...remove(persistentVolumes, volume), unchanged: true }] } : nothingToDo;
  const { claimRef } = spec;
  const claim = claimRef && observed.get<PersistentVolumeClaim>(persistentVolumeClaims, claimRef.name!, claimRef.namespace);
  return status?.phase === 'Bound' && claim && refersTo(volume, claim) ? grow(volume, claim) : nothingToDo;
}

/** Deletes what was released, as its policy says, and lets volumes grow with their claims. */
export const localVolumeController = reconciler<PersistentVolume>({
  name: localProvisioner,
  resource: persistentVolumes,
  watches: [watch<PersistentVolumeClaim>({ resource: persistentVolumeClaims, keys: ({ spec }) => (spec.volumeName ? [spec.volumeName] : []) })],
  reconcile,
});
