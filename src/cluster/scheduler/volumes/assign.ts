import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import { claimClass } from '../../../kinds/claims';
import { findMatchingVolume, selectedNode } from '../../../kinds/volume-binding';
import { isDelayed, usedClaims, type VolumeView } from './view';

/** A claim that waited for its pod, and the volume that it gets; without one a provisioner is to make it for the node. */
export interface Assignment {
  readonly claim: PersistentVolumeClaim;
  readonly volume?: PersistentVolume;
}

export const delayedClaims = (pod: Pod, view: VolumeView): PersistentVolumeClaim[] =>
  usedClaims(pod, view).flatMap(({ claim }) => (claim && isDelayed(claim, view) ? [claim] : []));

/** What the claims would get on the node; undefined when one of them would get nothing. */
export function assign(claims: readonly PersistentVolumeClaim[], node: Node, view: VolumeView): Assignment[] | undefined {
  const taken = new Set<string>();
  const assignments: Assignment[] = [];
  for (const claim of claims) {
    const promised = claim.metadata.annotations?.[selectedNode];
    if (promised !== undefined && promised !== node.metadata.name) return undefined;
    const volume = promised === undefined ? findMatchingVolume(claim, view.volumes(), { node, taken }) : undefined;
    if (!volume && !canProvision(view.storageClass(claimClass(claim)), node)) return undefined;
    if (volume) taken.add(volume.metadata.name);
    assignments.push({ claim, ...(volume && { volume }) });
  }
  return assignments;
}

function canProvision(storageClass: StorageClass | undefined, { metadata }: Node): boolean {
  if (!storageClass || storageClass.provisioner === 'kubernetes.io/no-provisioner') return false;
  const { allowedTopologies = [] } = storageClass;
  return allowedTopologies.length === 0 || allowedTopologies.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values }) => values.includes(metadata.labels?.[key] ?? '')));
}
