import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import { claimKeys } from '../../../kinds/claims';
import { isFullyBound, isReachable } from '../../../kinds/volume-binding';
import type { Candidate } from '../cluster-state';
import { rejected, type Filter } from '../plugins';
import { assign, delayedClaims } from '../volumes/assign';
import { usedClaims } from '../volumes/view';

/** Volumes that the pod has are reached from the node, and those that it is yet to get can be had there. */
export const volumeBinding: Filter = ({ pod }, { volumes: view }) => {
  const bound = usedClaims(pod, view).flatMap(({ claim }) => (claim && isFullyBound(claim) ? [claim.spec.volumeName!] : []));
  const delayed = delayedClaims(pod, view);
  if (bound.length + delayed.length === 0) return undefined;
  const volumes = bound.map((name) => view.volume(name));
  if (volumes.includes(undefined)) return () => rejected(false, 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
  return ({ node }) => {
    if (volumes.some((volume) => !isReachable(volume!, node))) return rejected(false, 'node(s) had volume node affinity conflict');
    return assign(delayed, node, view) ? undefined : rejected(false, "node(s) didn't find available persistent volumes to bind");
  };
};

const isExclusive = (claim: PersistentVolumeClaim | undefined) => claim?.spec.accessModes?.includes('ReadWriteOncePod');

/** A claim that one pod at a time may use, wherever the other one is. */
export const volumeRestrictions: Filter = ({ pod }, cluster) => {
  const exclusive = new Set(usedClaims(pod, cluster.volumes).filter(({ claim }) => isExclusive(claim)).map(({ name }) => `${pod.metadata.namespace}/${name}`));
  if (exclusive.size === 0) return undefined;
  const uses = ({ pods }: Candidate) => [...pods.values()].some(({ pod: other }) => claimKeys(other).some((key) => exclusive.has(key)));
  const inUse = cluster.candidates().filter(uses);
  const reason = 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
  return inUse.length === 0 ? undefined : (node) => rejected(inUse.includes(node), reason);
};
