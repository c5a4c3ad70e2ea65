import type { StatefulSet } from '../../../api/generated/apps.v1';
import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import { controllerOf, type OwnerReference } from '../../../api/meta';
import { create, event, update, type Action } from '../../actions';
import { controllerRef } from '../../owners';
import type { Observed } from '../../reconciler';
import { persistentVolumeClaims, pods, statefulSets } from '../../resources';
import { claimsOf, isInRange, podName } from './identity';

/* The claims of a set's pods: made before the pod, kept or dropped as the retention policy says. */

export interface Storage {
  /** What makes it impossible to make the pod now. */
  readonly obstacle?: string;
  readonly actions: readonly Action[];
}

const observedClaims = (set: StatefulSet, ordinal: number, observed: Observed): PersistentVolumeClaim[] =>
  claimsOf(set, ordinal).flatMap(({ claim: { metadata } }) => observed.get(persistentVolumeClaims, metadata.name, metadata.namespace) ?? []);

/** Makes the claims that are missing. Wording: StatefulPodControl of pkg/controller/statefulset. */
export function provide(set: StatefulSet, ordinal: number, observed: Observed): Storage {
  const leaving = observedClaims(set, ordinal, observed).find(({ metadata }) => metadata.deletionTimestamp);
  if (leaving) return { obstacle: `pvc ${leaving.metadata.name} is being deleted`, actions: [] };
  const missing = claimsOf(set, ordinal).filter(({ claim: { metadata } }) => !observed.get(persistentVolumeClaims, metadata.name, metadata.namespace));
  return { actions: missing.map(({ claim }) => createClaim(set, podName(set, ordinal), ownedBySet(set, claim))) };
}

function createClaim(set: StatefulSet, pod: string, claim: PersistentVolumeClaim): Action {
  const { name } = claim.metadata;
  return create(persistentVolumeClaims, claim, {
    succeeded: () => [event(statefulSets, set, 'Normal', 'SuccessfulCreate', `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`)],
    failed: (error) => [event(statefulSets, set, 'Warning', 'FailedCreate',
      `create Claim ${name} for Pod ${pod} in StatefulSet ${set.metadata.name} failed error: ${error.message}`)],
  });
}

const policyOf = ({ spec }: StatefulSet) => spec.persistentVolumeClaimRetentionPolicy ?? {};
const goWithSet = (set: StatefulSet) => policyOf(set).whenDeleted === 'Delete';
const goWhenScaled = (set: StatefulSet) => policyOf(set).whenScaled === 'Delete';

function ownedBySet(set: StatefulSet, claim: PersistentVolumeClaim): PersistentVolumeClaim {
  return goWithSet(set) ? { ...claim, metadata: { ...claim.metadata, ownerReferences: [controllerRef(statefulSets, set)] } } : claim;
}

/** Lets each claim belong to what it has to go with: the set, the pod once it is scaled away, or nothing. */
export function retain(set: StatefulSet, pod: Pod, ordinal: number, observed: Observed): Action[] {
  const scaledAway = goWhenScaled(set) && !isInRange(set, ordinal);
  const wanted = scaledAway ? controllerRef(pods, pod) : goWithSet(set) ? controllerRef(statefulSets, set) : undefined;
  const ours = new Set([set.metadata.uid, pod.metadata.uid]);
  return observedClaims(set, ordinal, observed).flatMap((claim) => {
    const known = claim.metadata.ownerReferences ?? [];
    const foreign = controllerOf(claim);
    if (foreign && !ours.has(foreign.uid)) return [];
    const next = owners(known, ours, wanted);
    if (next.length === known.length && next.every(({ uid }, at) => uid === known[at]?.uid)) return [];
    return [update(persistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, ownerReferences: next } })];
  });
}

function owners(known: readonly OwnerReference[], ours: ReadonlySet<string | undefined>, wanted: OwnerReference | undefined): OwnerReference[] {
  const kept = known.filter(({ uid }) => !ours.has(uid) || uid === wanted?.uid);
  return wanted && !kept.some(({ uid }) => uid === wanted.uid) ? [...kept, wanted] : kept;
}

/** A claim still belongs to the pod that was scaled away, and goes with it: the next pod of that name has to wait. */
export function isStale(set: StatefulSet, ordinal: number, observed: Observed): boolean {
  if (!goWhenScaled(set)) return false;
  const name = podName(set, ordinal);
  return observedClaims(set, ordinal, observed)
    .some(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.kind === 'Pod' && owner.name === name));
}
