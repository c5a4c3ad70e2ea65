import { semanticEqual } from '../../../api/equal';
import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import { omit } from '../../omit';
import { hashLabel } from '../../template-hash';

export const replicasOf = (set: ReplicaSet): number => set.spec.replicas ?? 1;
export const isActiveSet = (set: ReplicaSet): boolean => replicasOf(set) > 0;

const total = (count: (set: ReplicaSet) => number) => (sets: readonly ReplicaSet[]) => sets.reduce((sum, set) => sum + count(set), 0);

/** Sums over sets: what they shall have, and what they report. */
export const specReplicas = total(replicasOf);
export const actualReplicas = total((set) => set.status?.replicas ?? 0);
export const readyReplicas = total((set) => set.status?.readyReplicas ?? 0);
export const availableReplicas = total((set) => set.status?.availableReplicas ?? 0);

/**
 * The set has acted on its spec: it has no more pods than that, and what it reports was counted since. One on its way
 * out is not waited for.
 */
export const isSettled = ({ metadata, spec, status }: ReplicaSet): boolean => metadata.deletionTimestamp !== undefined
  || ((status?.observedGeneration ?? 0) >= (metadata.generation ?? 0) && (status?.replicas ?? 0) <= (spec.replicas ?? 1));

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [bornA, bornB] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
  if (bornA !== bornB) return bornA < bornB ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const labels = omit(template?.metadata?.labels, hashLabel);
  const hasLabels = Object.keys(labels).length > 0;
  return { ...template, metadata: { ...template?.metadata, creationTimestamp: undefined, labels: hasLabels ? labels : undefined } };
}

const sameTemplate = (a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean =>
  semanticEqual(withoutHash(a), withoutHash(b));

export interface ReplicaSets {
  /** The one made from the deployment's template; the oldest, should there be several. */
  readonly current: ReplicaSet | undefined;
  /** From the oldest to the youngest. */
  readonly old: readonly ReplicaSet[];
}

export function sortOut(deployment: Deployment, owned: readonly ReplicaSet[]): ReplicaSets {
  const sets = [...owned].sort(byAge);
  const current = sets.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  return { current, old: sets.filter((set) => set !== current) };
}
