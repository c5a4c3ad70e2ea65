import type { Job } from '../../../api/generated/batch.v1';
import { nothingToDo, remove, type Plan } from '../../actions';
import { reconciler, type Observed, type ReconcileContext } from '../../reconciler';
import { jobs } from '../../resources';
import { conditionOf } from './controller/conditions';

/** Removes jobs some time after they have ended. After k8s.io/kubernetes/pkg/controller/ttlafterfinished. */
export const ttlAfterFinishedController = reconciler<Job>({
  name: 'ttl-after-finished-controller',
  resource: jobs,
  reconcile: reconcileTtl,
});

export function reconcileTtl(job: Job, _: Observed, { nowMs }: ReconcileContext): Plan {
  const ended = conditionOf(job, 'Complete') ?? conditionOf(job, 'Failed');
  const { ttlSecondsAfterFinished: ttlSeconds } = job.spec;
  if (!ended || ttlSeconds === undefined || job.metadata.deletionTimestamp) return nothingToDo;
  const waitMs = Date.parse(ended.lastTransitionTime ?? '') + ttlSeconds * 1000 - nowMs;
  return waitMs > 0 ? { actions: [], requeueAfterMs: waitMs } : { actions: [remove(jobs, job, { propagationPolicy: 'Foreground' })] };
}
