import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../api/generated/core.v1';
import type { Index } from './reconciler';

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

/** The claim that a volume of a pod stands for, by name. */
export const claimName = (pod: Pod, { name, persistentVolumeClaim, ephemeral }: Volume): string | undefined =>
  persistentVolumeClaim?.claimName ?? (ephemeral && `${pod.metadata.name}-${name}`);

export const claimNames = (pod: Pod): string[] => (pod.spec?.volumes ?? []).flatMap((volume) => claimName(pod, volume) ?? []);
export const claimKeys = (pod: Pod): string[] => claimNames(pod).map((name) => `${pod.metadata.namespace}/${name}`);

/** Pods by the claims that they use, as `namespace/name`. */
export const byClaim: Index<Pod> = { name: 'claims', values: claimKeys };
