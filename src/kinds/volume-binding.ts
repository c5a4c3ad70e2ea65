import type { Node, PersistentVolume, PersistentVolumeClaim } from '../api/generated/core.v1';
import type { StorageClass } from '../api/generated/storage.v1';
import { compareQuantity, parseQuantity } from '../api/quantity';
import { labelSelectorMatcher } from '../api/selectors';
import { claimClass, volumeClass } from './claims';
import { matchesNodeSelector } from './node-selector';

/* How claims and volumes find each other: what the binder and the scheduler both go by. */

/** On a claim: the binding is complete; on both: the binder, not a user, made the reference. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
/** On a claim: who is to make its volume; the second is the older name. */
export const storageProvisioners = ['volume.kubernetes.io/storage-provisioner', 'volume.beta.kubernetes.io/storage-provisioner'] as const;
/** On a claim that waits for its first consumer: where the scheduler wants that. */
export const selectedNode = 'volume.kubernetes.io/selected-node';

export const hasAnnotation = (object: PersistentVolume | PersistentVolumeClaim, name: string): boolean => object.metadata.annotations?.[name] !== undefined;

export const waitsForConsumer = (storageClass: StorageClass | undefined): boolean => storageClass?.volumeBindingMode === 'WaitForFirstConsumer';

/** By name and, where the volume knows one, by uid. After IsVolumeBoundToClaim. */
export function refersTo({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  return claimRef !== undefined && claimRef.name === metadata.name && claimRef.namespace === metadata.namespace
    && (!claimRef.uid || claimRef.uid === metadata.uid);
}

export const isFullyBound = (claim: PersistentVolumeClaim): boolean => claim.spec.volumeName !== undefined && hasAnnotation(claim, bindCompleted);

const storage = (amounts: Readonly<Record<string, string>> | undefined) => parseQuantity(amounts?.storage ?? '0');

export const isLargeEnough = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  compareQuantity(storage(volume.spec.capacity), storage(claim.spec.resources?.requests)) >= 0;

export const sameMode = ({ spec: volume }: PersistentVolume, { spec: claim }: PersistentVolumeClaim): boolean =>
  (volume.volumeMode ?? 'Filesystem') === (claim.volumeMode ?? 'Filesystem');

export const offersModes = ({ spec: volume }: PersistentVolume, { spec: claim }: PersistentVolumeClaim): boolean =>
  (claim.accessModes ?? []).every((mode) => volume.accessModes?.includes(mode));

export const isReachable = ({ spec: { nodeAffinity } }: PersistentVolume, node: Node): boolean =>
  !nodeAffinity?.required || matchesNodeSelector(nodeAffinity.required, node);

export interface MatchOptions {
  /** Of a scheduler: only volumes that this node reaches. */
  readonly node?: Node;
  /** Taken by other claims of the same pod, by name. */
  readonly taken?: ReadonlySet<string>;
  /** Only one that refers to the claim already: the others are the scheduler's to choose. */
  readonly delayed?: boolean;
}

/** The one that refers to the claim, else the smallest that will do. After FindMatchingVolume of k8s.io/component-helpers/storage/volume. */
export function findMatchingVolume(claim: PersistentVolumeClaim, volumes: readonly PersistentVolume[], options: MatchOptions = {}): PersistentVolume | undefined {
  const possible = volumes.filter((volume) => isPossible(volume, claim, options));
  const own = possible.find((volume) => refersTo(volume, claim));
  if (own) return !options.node || isReachable(own, options.node) ? own : undefined;
  if (options.delayed) return undefined;
  const selects = claim.spec.selector ? labelSelectorMatcher(claim.spec.selector) : () => true;
  return possible
    .filter((volume) => volume.status?.phase === 'Available' && selects(volume.metadata.labels) && volumeClass(volume) === claimClass(claim)
      && offersModes(volume, claim) && (!options.node || isReachable(volume, options.node)))
    .reduce<PersistentVolume | undefined>((best, volume) => (best && compareQuantity(storage(best.spec.capacity), storage(volume.spec.capacity)) <= 0 ? best : volume), undefined);
}

function isPossible(volume: PersistentVolume, claim: PersistentVolumeClaim, { taken }: MatchOptions): boolean {
  return !taken?.has(volume.metadata.name) && (volume.spec.claimRef === undefined || refersTo(volume, claim))
    && isLargeEnough(volume, claim) && sameMode(volume, claim) && volume.metadata.deletionTimestamp === undefined;
}
