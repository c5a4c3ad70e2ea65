import { timestamp } from '../../../api/clock';
import type { Deployment, DeploymentCondition } from '../../../api/generated/apps.v1';

export type Conditions = readonly DeploymentCondition[];

export const conditionOf = (conditions: Conditions | undefined, type: string): DeploymentCondition | undefined =>
  conditions?.find((condition) => condition.type === type);

export const without = (conditions: Conditions, type: string): Conditions => conditions.filter((condition) => condition.type !== type);

export const newCondition = (type: string, status: string, reason: string, message: string, nowMs: number): DeploymentCondition => ({
  type, status, lastUpdateTime: timestamp(nowMs), lastTransitionTime: timestamp(nowMs), reason, message,
});

/** Nothing changes while status and reason stay. The time of transition is that of the last change of status. */
export function withCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const known = conditionOf(conditions, condition.type);
  if (known?.status === condition.status && known.reason === condition.reason) return conditions;
  return replaceCondition(conditions, condition);
}

/** As `withCondition`, but with a fresh time of update even when status and reason stay: there was progress again. */
export function replaceCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const known = conditionOf(conditions, condition.type);
  const keepsTime = known?.status === condition.status && known.lastTransitionTime !== undefined;
  return [...without(conditions, condition.type), keepsTime ? { ...condition, lastTransitionTime: known.lastTransitionTime! } : condition];
}

const forever = 2 ** 31 - 1;

/** Seconds within which a rollout has to make progress; undefined when nobody wants to know. */
export function progressDeadline(deployment: Deployment): number | undefined {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds === forever ? undefined : seconds;
}

/** Time spent paused must not count as a lack of progress. After checkPausedConditions of pkg/controller/deployment. */
export function notePause(deployment: Deployment, conditions: Conditions, nowMs: number): Conditions {
  const known = conditionOf(conditions, 'Progressing');
  if (progressDeadline(deployment) === undefined || known?.reason === 'ProgressDeadlineExceeded') return conditions;
  const paused = known?.reason === 'DeploymentPaused';
  if (Boolean(deployment.spec.paused) === paused) return conditions;
  const [reason, message] = paused ? ['DeploymentResumed', 'Deployment is resumed'] as const : ['DeploymentPaused', 'Deployment is paused'] as const;
  return withCondition(conditions, newCondition('Progressing', 'Unknown', reason, message, nowMs));
}
