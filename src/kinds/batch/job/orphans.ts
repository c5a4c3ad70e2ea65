import type { Job } from '../../../api/generated/batch.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { controllerOf, objectKey } from '../../../api/meta';
import { nothingToDo, update, type Plan } from '../../actions';
import { controlledBy } from '../../owners';
import { reconciler, watch, type Observed } from '../../reconciler';
import { jobs, pods } from '../../resources';
import { isJobFinished } from './controller/conditions';
import { isTracked, untracked } from './controller/tally';

/** Lets go of pods that no job counts any more. After syncOrphanPod of pkg/controller/job. */
export const jobOrphanController = reconciler<Pod>({
  name: 'job-orphan-pod-controller',
  resource: pods,
  concerns: isTracked,
  watches: [watch<Job>({
    resource: jobs,
    concerns: (job, old) => isJobFinished(job) !== isJobFinished(old),
    keys: (job, observed) => controlledBy(observed, pods, job).filter(isTracked).map((pod) => objectKey(pod)),
  })],
  reconcile: reconcileOrphan,
});

export function reconcileOrphan(pod: Pod, observed: Observed): Plan {
  if (!isTracked(pod)) return nothingToDo;
  const owner = controllerOf(pod);
  const job = owner?.kind === 'Job' ? observed.get(jobs, owner.name, pod.metadata.namespace) : undefined;
  const isCounted = job !== undefined && job.metadata.uid === owner?.uid && !isJobFinished(job);
  return isCounted ? nothingToDo : { actions: [update(pods, untracked(pod))] };
}
