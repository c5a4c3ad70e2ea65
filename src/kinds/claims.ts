import type { PersistentVolume, PersistentVolumeClaim } from '../api/generated/core.v1';

const shortModes = [
  ['ReadWriteOnce', 'RWO'], ['ReadOnlyMany', 'ROX'], ['ReadWriteMany', 'RWX'], ['ReadWriteOncePod', 'RWOP'],
] as const;

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** `RWO,ROX`, in a fixed order. */
export function accessModesText(modes: readonly string[] | undefined): string {
  return shortModes.filter(([mode]) => modes?.includes(mode)).map(([, short]) => short).join(',');
}

/** The annotation that came before `storageClassName` still wins. */
export function claimClass(claim: PersistentVolumeClaim): string {
  return claim.metadata.annotations?.[classAnnotation] ?? claim.spec.storageClassName ?? '';
}

/** Naming none, `''`, is a choice, too. */
export const claimHasClass = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  metadata.annotations?.[classAnnotation] !== undefined || spec.storageClassName !== undefined;

/** Of a claim and of the claim template of a StatefulSet. After SetDefaults_PersistentVolumeClaim. */
export function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.spec.volumeMode ??= 'Filesystem';
  claim.spec.resources ??= {};
  claim.status = { ...claim.status, phase: claim.status?.phase || 'Pending' };
}

/** The annotation that came before `storageClassName` still wins. */
export const volumeClass = ({ metadata, spec }: PersistentVolume): string =>
  metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
