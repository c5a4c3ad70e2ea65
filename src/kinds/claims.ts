import type { PersistentVolume, PersistentVolumeClaim } from '../api/generated/core.v1';

const shortModes = [
  ['ReadWriteOnce', 'RWO'], ['ReadOnlyMany', 'ROX'], ['ReadWriteMany', 'RWX'], ['ReadWriteOncePod', 'RWOP'],
] as const;

/** `RWO,ROX`, in a fixed order. */
export function accessModesText(modes: readonly string[] | undefined): string {
  return shortModes.filter(([mode]) => modes?.includes(mode)).map(([, short]) => short).join(',');
}

/** The annotation that came before `storageClassName` still wins. */
export function claimClass(claim: PersistentVolumeClaim): string {
  return claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? claim.spec.storageClassName ?? '';
}

/** Of a claim and of the claim template of a StatefulSet. After SetDefaults_PersistentVolumeClaim. */
export function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.spec.volumeMode ??= 'Filesystem';
  claim.spec.resources ??= {};
  claim.status = { ...claim.status, phase: claim.status?.phase || 'Pending' };
}

/** The annotation that came before `storageClassName` still wins. */
export const volumeClass = ({ metadata, spec }: PersistentVolume): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';
