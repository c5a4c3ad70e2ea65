import { timestamp } from '../../../api/clock';
import { semanticEqual } from '../../../api/equal';
import type { Job, JobStatus } from '../../../api/generated/batch.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { event, nothingToDo, update, updateStatus, type Action, type Plan } from '../../actions';
import { claim, watchOwned } from '../../owners';
import { deletePod } from '../../pod-control';
import { reconciler, type Observed, type ReconcileContext } from '../../reconciler';
import { jobs, pods as podResource } from '../../resources';
import { isJobFinished } from './controller/conditions';
import { manage, takeAway, type Changes } from './controller/manage';
import { deadlineMs, outcomeOf, type Outcome } from './controller/outcome';
import { account, conclude, noteSuspension, settleUncounted, withPods } from './controller/status';
import { heldBack, isSuspended, tallyOf, untracked, type Tally } from './controller/tally';

/** Runs pods until enough of them have succeeded, or too many failed. After k8s.io/kubernetes/pkg/controller/job. */
export const jobController = reconciler<Job>({
  name: 'job-controller',
  resource: jobs,
  watches: [watchOwned(podResource, jobs, (job) => job.spec.selector)],
  reconcile: reconcileJob,
});

const ourselves = 'kubernetes.io/job-controller';

export function reconcileJob(job: Job, observed: Observed, { nowMs }: ReconcileContext): Plan {
  if (isJobFinished(job) || (job.spec.managedBy ?? ourselves) !== ourselves) return nothingToDo;
  const { owned, actions: claims } = claim(observed, podResource, job, jobs, job.spec.selector);
  return new Pass(job, owned, nowMs).plan(claims);
}

/** One look at a job: the pods first, then the status, and only then pods are let go that the status has counted. */
class Pass {
  private readonly status: JobStatus;
  private readonly startMs: number;
  private readonly tally: Tally;
  private readonly held: ReadonlyMap<number, Pod>;
  private readonly early: Outcome | undefined;

  constructor(private readonly job: Job, private readonly pods: readonly Pod[], private readonly nowMs: number) {
    const started = { ...(!isSuspended(job) && { startTime: timestamp(nowMs) }), ...job.status };
    this.status = settleUncounted(started, pods);
    this.startMs = Date.parse(started.startTime ?? '') || nowMs;
    this.tally = tallyOf(job, this.status, pods);
    this.held = heldBack(job, pods, this.tally);
    this.early = outcomeOf(job, pods, this.tally, this.startMs, nowMs);
  }

  plan(claims: readonly Action[]): Plan {
    const { job, tally, early } = this;
    const goesOn = !early && !job.metadata.deletionTimestamp;
    const changes: Changes = goesOn ? manage(job, this.pods, tally, this.held, this.nowMs) : { creations: [], victims: [] };
    const gone = early ? tally.active : changes.victims;
    const deletions = gone.map((pod) => (early ? deletePod(jobs, job, pod) : takeAway(job, pod)));
    const settle = (created: number) => this.settle(gone, created);
    return {
      actions: [
        ...claims, ...batch(deletions),
        ...batch(changes.creations, () => this.settle(gone, 0)),
        ...settle(changes.creations.length),
      ],
      ...this.requeue(changes, early),
    };
  }

  private settle(gone: readonly Pod[], created: number): Action[] {
    const { job, pods, tally, nowMs, early } = this;
    const active = tally.active.length - gone.length + created;
    const outcome = early ?? this.completion(active);
    const { status: accounted, release } = account(job, this.status, pods, tally, outcome, new Set(this.held.values()));
    const remaining = tally.active.filter((pod) => !gone.includes(pod));
    const terminating = tally.terminating.length + gone.length;
    const counted = withPods(accounted, { active, ready: remaining, terminating });
    const { status, changed } = outcome || job.metadata.deletionTimestamp ? { status: counted, changed: undefined } : noteSuspension(job, counted, nowMs);
    const next = outcome ? conclude(status, outcome, active + terminating > 0, nowMs) : status;
    return [
      ...(semanticEqual(next, job.status) ? [] : [updateStatus(jobs, { ...job, status: next })]),
      ...(changed ? [event(jobs, job, 'Normal', changed, `Job ${changed.toLowerCase()}`)] : []),
      ...(isJobFinished({ ...job, status: next }) ? this.ended(outcome!, next) : []),
      // Deleted just now, they have changed: they are let go when that is observed.
      ...batch(release.filter((pod) => !gone.includes(pod)).map((pod) => update(podResource, untracked(pod)))),
    ];
  }

  /** Enough have succeeded, and nothing runs any more. */
  private completion(active: number): Outcome | undefined {
    const { completions } = this.job.spec;
    const { succeeded } = this.tally;
    const enough = completions === undefined ? succeeded > 0 : succeeded >= completions;
    if (!enough || active > 0 || this.job.metadata.deletionTimestamp) return undefined;
    return { type: 'success', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
  }

  private ended({ type, reason, message }: Outcome, { succeeded = 0 }: JobStatus): Action[] {
    const { job } = this;
    if (type === 'failure') return [event(jobs, job, 'Warning', reason, message)];
    const tooMany = job.spec.completions !== undefined && succeeded > job.spec.completions;
    return [
      ...(tooMany ? [event(jobs, job, 'Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached')] : []),
      event(jobs, job, 'Normal', 'Completed', 'Job completed'),
    ];
  }

  private requeue({ nextPodMs }: Changes, outcome: Outcome | undefined): { requeueAfterMs?: number } {
    const dueMs = outcome ? Infinity : Math.min(nextPodMs ?? Infinity, deadlineMs(this.job, this.startMs));
    return dueMs === Infinity ? {} : { requeueAfterMs: Math.max(0, dueMs - this.nowMs) };
  }
}

const batch = (actions: readonly Action[], failed?: () => readonly Action[]): Action[] =>
  (actions.length > 0 ? [{ type: 'batch', actions, ...(failed && { failed }) }] : []);
