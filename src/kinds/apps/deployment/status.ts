import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../../api/generated/apps.v1';
import { omitZero } from '../../omit';
import { conditionOf, newCondition, progressDeadline, replaceCondition, withCondition, without, type Conditions } from './conditions';
import { desiredReplicas, maxUnavailable } from './fenceposts';
import { actualReplicas, availableReplicas, readyReplicas, specReplicas, type ReplicaSets } from './replica-sets';

const everySet = ({ current, old }: ReplicaSets): readonly ReplicaSet[] => (current ? [...old, current] : old);

/** After calculateStatus of pkg/controller/deployment. `conditions` are those to build on. */
export function calculateStatus(deployment: Deployment, sets: ReplicaSets, conditions: Conditions, nowMs: number): DeploymentStatus {
  const all = everySet(sets);
  const available = availableReplicas(all);
  const enough = available >= desiredReplicas(deployment) - maxUnavailable(deployment);
  const availability = enough
    ? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', nowMs)
    : newCondition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', nowMs);
  return {
    ...omitZero({
      observedGeneration: deployment.metadata.generation ?? 0,
      replicas: actualReplicas(all),
      updatedReplicas: actualReplicas(sets.current ? [sets.current] : []),
      readyReplicas: readyReplicas(all),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, specReplicas(all) - available),
      collisionCount: deployment.status?.collisionCount,
    }),
    conditions: [...withCondition(conditions, availability)],
  };
}

/** All replicas are updated and available, and no old ones are left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus = {}): boolean {
  const desired = desiredReplicas(deployment);
  return [status.updatedReplicas, status.replicas, status.availableReplicas].every((count) => (count ?? 0) === desired)
    && (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
}

function hasProgressed(before: DeploymentStatus = {}, now: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  const grew = (count: 'updatedReplicas' | 'readyReplicas' | 'availableReplicas') => (now[count] ?? 0) > (before[count] ?? 0);
  return grew('updatedReplicas') || old(now) < old(before) || grew('readyReplicas') || grew('availableReplicas');
}

function hasTimedOut(deadlineSeconds: number, progressing: DeploymentCondition | undefined, nowMs: number): boolean {
  if (!progressing || progressing.reason === 'NewReplicaSetAvailable') return false;
  if (progressing.reason === 'ProgressDeadlineExceeded') return true;
  return Date.parse(progressing.lastUpdateTime ?? '') + deadlineSeconds * 1000 < nowMs;
}

/** The status during a rollout: how it goes, too. After syncRolloutStatus of pkg/controller/deployment. */
export function rolloutStatus(deployment: Deployment, sets: ReplicaSets, conditions: Conditions, nowMs: number): DeploymentStatus {
  const status = calculateStatus(deployment, sets, conditions, nowMs);
  const progress = noteProgress(deployment, sets, status, nowMs);
  return { ...status, conditions: [...noteFailure(sets, progress)] };
}

function noteProgress(deployment: Deployment, { current }: ReplicaSets, status: DeploymentStatus, nowMs: number): Conditions {
  const conditions = status.conditions ?? [];
  const deadlineSeconds = progressDeadline(deployment);
  if (deadlineSeconds === undefined) return without(conditions, 'Progressing');
  const known = conditionOf(conditions, 'Progressing');
  const doneBefore = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && known?.reason === 'NewReplicaSetAvailable';
  if (doneBefore) return conditions;

  const subject = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const progressing = (is: 'True' | 'False', reason: string, message: string) =>
    newCondition('Progressing', is, reason, `${subject} ${message}`, nowMs);
  if (isComplete(deployment, status)) {
    return withCondition(conditions, progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  }
  if (hasProgressed(deployment.status, status)) {
    return replaceCondition(conditions, progressing('True', 'ReplicaSetUpdated', 'is progressing.'));
  }
  if (hasTimedOut(deadlineSeconds, known, nowMs)) {
    return withCondition(conditions, progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  }
  return conditions;
}

/** What keeps the current ReplicaSet, or else any, from making its pods is the Deployment's trouble, too. */
function noteFailure(sets: ReplicaSets, conditions: Conditions): Conditions {
  const candidates = [...(sets.current ? [sets.current] : []), ...sets.old];
  const failure = candidates.flatMap((set) => set.status?.conditions ?? []).find(({ type }) => type === 'ReplicaFailure');
  if (!failure) return without(conditions, 'ReplicaFailure');
  return withCondition(conditions, { ...failure, ...(failure.lastTransitionTime && { lastUpdateTime: failure.lastTransitionTime }) });
}

/** Milliseconds until a rollout that makes no progress has to be looked at again. */
export function progressCheckAfterMs(deployment: Deployment, status: DeploymentStatus, nowMs: number): number | undefined {
  const deadlineSeconds = progressDeadline(deployment);
  const known = conditionOf(status.conditions, 'Progressing');
  if (deadlineSeconds === undefined || !known || deployment.spec.paused) return undefined;
  if (isComplete(deployment, status) || known.reason === 'ProgressDeadlineExceeded') return undefined;
  const dueMs = Date.parse(known.lastUpdateTime ?? '') + deadlineSeconds * 1000;
  return Math.max(dueMs - nowMs, 0) + 1000;
}
