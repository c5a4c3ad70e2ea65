import type { PersistentVolume, PersistentVolumeClaim } from '../../../api/generated/core.v1';
import { event, nothingToDo, update, updateStatus, type Action, type Plan } from '../../actions';
import { reconciler, watch, type Index, type Observed } from '../../reconciler';
import { persistentVolumeClaims, persistentVolumes } from '../../resources';
import { boundByController, hasAnnotation, provisionedBy, sameMode } from '../../volume-binding';

/* The volumes' half of the binder: phases, and what becomes of a volume that lost its claim. After syncVolume of pkg/controller/volume/persistentvolume. */

type Phase = NonNullable<NonNullable<PersistentVolume['status']>['phase']>;

const byClaimRef: Index<PersistentVolume> = {
  name: 'claim-ref', values: ({ spec: { claimRef } }) => (claimRef ? [`${claimRef.namespace}/${claimRef.name}`] : []),
};

function inPhase(volume: PersistentVolume, phase: Phase): Action[] {
  return volume.status?.phase === phase ? [] : [updateStatus(persistentVolumes, { ...volume, status: { ...volume.status, phase } })];
}

function reconcile(volume: PersistentVolume, observed: Observed): Plan {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) return { actions: inPhase(volume, 'Available') };
  const claim = observed.get<PersistentVolumeClaim>(persistentVolumeClaims, claimRef.name!, claimRef.namespace);
  if (claim?.metadata.uid !== claimRef.uid) return release(volume);
  const { volumeName } = claim.spec;
  if (volumeName === volume.metadata.name) return { actions: inPhase(volume, 'Bound') };
  if (!volumeName) return { actions: sameMode(volume, claim) ? [] : mismatch(volume, claim) };
  return boundElsewhere(volume);
}

const mismatch = (volume: PersistentVolume, claim: PersistentVolumeClaim): Action[] => [
  event(persistentVolumes, volume, 'Warning', 'VolumeMismatch', `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${claim.metadata.name}" due to incompatible volumeMode.`),
  event(persistentVolumeClaims, claim, 'Warning', 'VolumeMismatch', `Cannot bind PersistentVolume "${volume.metadata.name}" to requested PersistentVolumeClaim due to incompatible volumeMode.`),
];

/** What follows (deletion, recycling) is done by who made the volume, or can reach its files, when it sees the phase. */
const release = (volume: PersistentVolume): Plan => (volume.status?.phase === 'Failed' ? nothingToDo : { actions: inPhase(volume, 'Released') });

/** The claim was fulfilled by another volume. A user's own reference stays, open for the claim to come back. */
function boundElsewhere(volume: PersistentVolume): Plan {
  const { metadata, spec } = volume;
  if (hasAnnotation(volume, provisionedBy) && spec.persistentVolumeReclaimPolicy === 'Delete') return release(volume);
  return { actions: [update(persistentVolumes, hasAnnotation(volume, boundByController)
    ? { ...volume, metadata: { ...metadata, annotations: without(metadata.annotations, boundByController) }, spec: without(spec, 'claimRef') }
    : { ...volume, spec: { ...spec, claimRef: without(spec.claimRef!, 'uid') } })] };
}

function without<T extends object, K extends keyof T>(object: T | undefined, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object ?? ({} as T);
  return rest;
}

export const volumeBinderController = reconciler<PersistentVolume>({
  name: 'persistentvolume-controller',
  resource: persistentVolumes,
  watches: [watch<PersistentVolumeClaim>({
    resource: persistentVolumeClaims,
    keys: ({ metadata, spec }, observed) => [
      ...(spec.volumeName ? [spec.volumeName] : []),
      ...observed.find<PersistentVolume>(persistentVolumes, byClaimRef, `${metadata.namespace}/${metadata.name}`).map((volume) => volume.metadata.name),
    ],
  })],
  reconcile,
});
