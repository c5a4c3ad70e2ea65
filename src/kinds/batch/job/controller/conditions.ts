import { timestamp } from '../../../../api/clock';
import type { Job, JobCondition } from '../../../../api/generated/batch.v1';

export const conditionOf = ({ status }: Job, type: string): JobCondition | undefined =>
  status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');

const isComplete = (job: Job): boolean => conditionOf(job, 'Complete') !== undefined;
const isFailed = (job: Job): boolean => conditionOf(job, 'Failed') !== undefined;

/** It has ended, well or not, and its pods with it. */
export const isJobFinished = (job: Job): boolean => isComplete(job) || isFailed(job);

export function newCondition(type: string, reason: string, message: string, nowMs: number, status = 'True'): JobCondition {
  return { type, status, lastProbeTime: timestamp(nowMs), lastTransitionTime: timestamp(nowMs), reason, message };
}
