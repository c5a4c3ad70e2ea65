import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import { claimClass, claimName } from '../../../kinds/claims';
import { isFullyBound, waitsForConsumer } from '../../../kinds/volume-binding';

/** What is known of storage. */
export interface VolumeView {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  volumes(): readonly PersistentVolume[];
  storageClass(name: string): StorageClass | undefined;
}

export const noVolumes: VolumeView = { claim: () => undefined, volume: () => undefined, volumes: () => [], storageClass: () => undefined };

export interface UsedClaim {
  readonly name: string;
  readonly isEphemeral: boolean;
  readonly claim: PersistentVolumeClaim | undefined;
}

export const usedClaims = (pod: Pod, view: VolumeView): UsedClaim[] => (pod.spec?.volumes ?? []).flatMap((volume) => {
  const name = claimName(pod, volume);
  if (name === undefined) return [];
  return [{ name, isEphemeral: volume.ephemeral !== undefined, claim: view.claim(pod.metadata.namespace ?? '', name) }];
});

/** Not bound, and to be bound by the scheduler. */
export const isDelayed = (claim: PersistentVolumeClaim, view: VolumeView): boolean => !isFullyBound(claim) && waitsForConsumer(view.storageClass(claimClass(claim)));
