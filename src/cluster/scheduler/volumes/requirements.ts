import type { Pod } from '../../../api/generated/core.v1';
import { isFullyBound } from '../../../kinds/volume-binding';
import { isDelayed, usedClaims, type UsedClaim, type VolumeView } from './view';

/** Why the pod can go nowhere yet, whatever the node; in upstream's words. */
export function unmetRequirement(pod: Pod, view: VolumeView): string | undefined {
  const claims = usedClaims(pod, view);
  for (const used of claims) {
    const problem = problemOf(used);
    if (problem !== undefined) return problem;
  }
  const isUnbound = claims.some(({ claim }) => claim && !isFullyBound(claim) && !isDelayed(claim, view));
  return isUnbound ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}

function problemOf({ name, isEphemeral, claim }: UsedClaim): string | undefined {
  if (!claim) return isEphemeral ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"` : `persistentvolumeclaim "${name}" not found`;
  if (claim.status?.phase === 'Lost') return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
  return claim.metadata.deletionTimestamp ? `persistentvolumeclaim "${name}" is being deleted` : undefined;
}
