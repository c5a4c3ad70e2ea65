import type { Pod } from '../../../api/generated/core.v1';
import type { DeleteOptions } from '../../../api/meta';
import type { DryRun } from '../../dry-run';

/** How pods are taken off a node. */
export interface EvictPlan {
  readonly dryRun: DryRun;
  /** Negative: the pod's own. */
  readonly gracePeriodSeconds: number;
  /** 0: no limit. */
  readonly timeoutMs: number;
  readonly skipAfterSeconds: number;
  /** Tells that a pod is gone, or why that is not known. */
  finished(pod: Pod, operation: 'evicted' | 'deleted', failure?: unknown): void;
}

export const deleteOptions = ({ gracePeriodSeconds, dryRun }: EvictPlan): DeleteOptions =>
  ({ ...(gracePeriodSeconds >= 0 && { gracePeriodSeconds }), ...(dryRun === 'server' && { dryRun: ['All'] }) });
