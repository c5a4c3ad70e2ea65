import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { desiredReplicas, maxReplicas } from './fenceposts';

/** Number of the rollout that a ReplicaSet was made, or came back, for. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';
/** Size of the Deployment when the set was last scaled: a different one now is a scaling event. */
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** About one object only: not copied from a Deployment to its ReplicaSets. */
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration', revisionAnnotation, historyAnnotation, desiredAnnotation, maxAnnotation,
  'deprecated.deployment.rollback.to',
]);

const historyLengthMax = 2000;

type Annotations = Record<string, string>;

const integer = (text: string | undefined): number | undefined => (text !== undefined && /^-?[0-9]+$/.test(text) ? Number(text) : undefined);

/** 0 when it has none; undefined when it is not a number. */
export const revisionOf = (set: ReplicaSet): number | undefined => integer(set.metadata.annotations?.[revisionAnnotation] ?? '0');
export const desiredNoted = (set: ReplicaSet): number | undefined => integer(set.metadata.annotations?.[desiredAnnotation]);
export const maxNoted = (set: ReplicaSet): number | undefined => integer(set.metadata.annotations?.[maxAnnotation]);

export const nextRevision = (old: readonly ReplicaSet[]): number => Math.max(0, ...old.map((set) => revisionOf(set) ?? 0)) + 1;

export const sizeAnnotations = (deployment: Deployment): Annotations => ({
  [desiredAnnotation]: String(desiredReplicas(deployment)),
  [maxAnnotation]: String(maxReplicas(deployment)),
});

/**
 * The annotations of the current ReplicaSet: the Deployment's own, and its revision, which only grows. A set that is
 * rolled back to remembers the revisions it had. After SetNewReplicaSetAnnotations of pkg/controller/deployment/util.
 */
export function currentAnnotations(deployment: Deployment, known: Annotations | undefined, revision: number): Annotations {
  const copied = Object.fromEntries(Object.entries(deployment.metadata.annotations ?? {}).filter(([name]) => !notCopied.has(name)));
  const annotations = { ...known, ...copied };
  const before = known?.[revisionAnnotation];
  const beforeNumber = integer(before ?? '0');
  if (beforeNumber === undefined || beforeNumber >= revision) return annotations;
  const history = before === undefined ? undefined : remember(annotations[historyAnnotation], before);
  return { ...annotations, [revisionAnnotation]: String(revision), ...(history !== undefined && { [historyAnnotation]: history }) };
}

/** The oldest entries fall off. */
function remember(history: string | undefined, revision: string): string {
  const entries = [...(history ? history.split(',') : []), revision];
  while (entries.length > 1 && entries.join(',').length > historyLengthMax) entries.shift();
  return entries.join(',');
}
