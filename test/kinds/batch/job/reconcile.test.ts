import type { Job, JobSpec, JobStatus } from '../../../../src/api/generated/batch.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import type { Action, CreateAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileOrphan } from '../../../../src/kinds/batch/job/orphans';
import { reconcileJob } from '../../../../src/kinds/batch/job/reconcile';
import { reconcileTtl } from '../../../../src/kinds/batch/job/ttl';
import { jobs, pods } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const now = '2026-01-01T00:00:00Z';
const context = { nowMs: Date.parse(now), sinceMs: 0 };
const tracking = 'batch.kubernetes.io/job-tracking';

const job = (spec: Partial<JobSpec> = {}, status: JobStatus = {}): Job => ({
  metadata: { name: 'sum', namespace: 'default', uid: 'j', generation: 1 },
  spec: { completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, podReplacementPolicy: 'TerminatingOrFailed',
    selector: { matchLabels: { uid: 'j' } },
    template: { metadata: { labels: { uid: 'j' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } } as never, ...spec },
  status: { startTime: '2025-12-31T23:00:00Z', ...status },
});

interface PodOptions { phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed'; tracked?: boolean; deleted?: boolean; index?: number; ended?: string; exitCode?: number; failures?: number; ready?: boolean; restarts?: number }
const pod = (name: string, { phase = 'Running', tracked = true, deleted, index, ended = '2025-12-31T23:59:00Z', exitCode = 1, failures, ready, restarts }: PodOptions = {}): Pod => ({
  metadata: { name, uid: name, namespace: 'default', labels: { uid: 'j' }, ...(tracked && { finalizers: [tracking] }), ...(deleted && { deletionTimestamp: now }),
    annotations: { ...(index !== undefined && { 'batch.kubernetes.io/job-completion-index': String(index) }), ...(failures !== undefined && { 'batch.kubernetes.io/job-index-failure-count': String(failures) }) },
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'sum', uid: 'j', controller: true }] },
  spec: { containers: [] },
  status: { phase, ...(ready && { conditions: [{ type: 'Ready', status: 'True' }] }),
    containerStatuses: [{ name: 'c', image: '', imageID: '', ready: false, restartCount: restarts ?? 0,
      ...((phase === 'Failed' || phase === 'Succeeded') && { state: { terminated: { exitCode: phase === 'Failed' ? exitCode : 0, finishedAt: ended } } }) }] },
});

const plan = (of: Job, ...all: Pod[]) => reconcileJob(of, observedOf([jobs, [of]], [pods, all]), context);
const lines = (of: Job, ...all: Pod[]) => told(plan(of, ...all).actions);
const flatten = (actions: readonly Action[]): Action[] => actions.flatMap((action) => (action.type === 'batch' ? flatten(action.actions) : [action]));
const statusOf = (of: Job, ...all: Pod[]) =>
  ((plan(of, ...all).actions.find((action) => action.type === 'update' && action.subresource) as UpdateAction | undefined)?.object as Job | undefined)?.status;
const conditions = (of: Job, ...all: Pod[]) => (statusOf(of, ...all)?.conditions ?? []).map(({ type, status, reason, message }) => [type, status, reason, message].filter(Boolean).join(' '));

const running: JobStatus = { active: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} };
const indexed = (spec: Partial<JobSpec> = {}, status?: JobStatus) => job({ completionMode: 'Indexed', completions: 3, parallelism: 3, ...spec }, status);

it('does nothing when all is well', () => {
  expect(plan(job({}, running), pod('a'))).toEqual({ actions: [] });
});

it('starts with pods that it tracks', () => {
  const of = { ...job({ parallelism: 2, completions: 4 }), status: {} };
  expect(lines(of)).toEqual(['batch create pods sum-', 'batch create pods sum-', 'update jobs/status sum']);
  expect((flatten(plan(of).actions)[0] as CreateAction).object.metadata.finalizers).toEqual([tracking]);
  expect(statusOf(of)).toEqual({ startTime: now, active: 2, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
});

describe('how many pods run', () => {
  it.each<[string, string[], string[]]>([
    ['no more than completions are left', lines(job({ completions: 3, parallelism: 3 }, { ...running, succeeded: 2 })), ['batch create pods sum-']],
    ['what is too much goes, uncounted', lines(job({}, running), pod('a', { ready: true }), pod('b')).slice(0, 1), ['batch update pods b']],
    ['none while it is suspended', lines(job({ suspend: true }, running), pod('a')).slice(0, 1), ['batch update pods a']],
    ['after a success without completions none are added', lines(job({ completions: undefined, parallelism: 3 }, { ...running, succeeded: 1, active: 2 }), pod('a'), pod('b')), []],
    ['a pod that is being deleted is replaced', lines(job({ backoffLimit: 9 }, running), pod('a', { deleted: true, tracked: false })).slice(0, 1), ['batch create pods sum-']],
    ['or not, before it has failed', lines(job({ podReplacementPolicy: 'Failed' }, { ...running, terminating: 1, active: 0 }), pod('a', { deleted: true })).slice(0, 1), ['update jobs/status sum']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('accounting', () => {
  it('writes a pod down before it lets it go', () => {
    expect(lines(job({ completions: 2 }, running), pod('a', { phase: 'Succeeded' }))).toEqual(['batch create pods sum-', 'update jobs/status sum', 'batch update pods a']);
    expect(statusOf(job({ completions: 2 }, running), pod('a', { phase: 'Succeeded' }))).toMatchObject({ uncountedTerminatedPods: { succeeded: ['a'] } });
  });

  it('counts it when it is gone', () => {
    const of = job({ completions: 2 }, { ...running, uncountedTerminatedPods: { succeeded: ['a'], failed: ['x'] } });
    expect(statusOf(of, pod('b'))).toMatchObject({ succeeded: 1, failed: 1, uncountedTerminatedPods: {} });
  });

  it('completes when all are counted', () => {
    const done = pod('a', { phase: 'Succeeded' });
    expect(conditions(job({}, running), done)).toEqual(['SuccessCriteriaMet True CompletionsReached Reached expected number of succeeded pods']);
    const met = statusOf(job({}, running), done)!;
    const { actions } = plan(job({}, met), pod('a', { phase: 'Succeeded', tracked: false }));
    expect(told(actions)).toEqual(['update jobs/status sum', 'event Normal Completed: Job completed']);
    expect(((actions[0] as UpdateAction).object as Job).status).toMatchObject({ succeeded: 1, ready: 0, completionTime: now, uncountedTerminatedPods: {} });
  });

  it('looks no more at a job that has ended', () => {
    expect(lines(job({}, { conditions: [{ type: 'Complete', status: 'True' }] }))).toEqual([]);
  });
});

describe('failures', () => {
  const failed = (name: string, options: PodOptions = {}) => pod(name, { phase: 'Failed', ...options });
  it('back off, twice as long each time', () => {
    expect(plan(job({}, running), failed('a', { ended: '2025-12-31T23:59:55Z' })).requeueAfterMs).toBe(5_000);
    expect(plan(job({}, running), failed('a'), failed('b', { ended: '2025-12-31T23:59:55Z' })).requeueAfterMs).toBe(15_000);
    expect(lines(job({}, running), failed('a'))[0]).toBe('batch create pods sum-');
  });

  it.each<[string, string[], string[]]>([
    ['too many', conditions(job({ backoffLimit: 1 }, { ...running, failed: 1 }), failed('a')), ['FailureTarget True BackoffLimitExceeded Job has reached the specified backoff limit']],
    ['not too many', conditions(job({ backoffLimit: 1 }, running), failed('a')), []],
    ['too many restarts in place', conditions(job({ backoffLimit: 2, template: { ...job().spec.template, spec: { restartPolicy: 'OnFailure', containers: [] } } }, running), pod('a', { restarts: 2 })),
      ['FailureTarget True BackoffLimitExceeded Job has reached the specified backoff limit']],
    ['too late', conditions(job({ activeDeadlineSeconds: 60 }, running), pod('a')), ['FailureTarget True DeadlineExceeded Job was active longer than specified deadline']],
    ['by policy', conditions(job({ podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] } }, running), failed('a', { exitCode: 42 })),
      ['FailureTarget True PodFailurePolicy Container c for pod default/a failed with exit code 42 matching FailJob rule at index 0']],
    ['in too many indexes', conditions(indexed({ backoffLimitPerIndex: 0, maxFailedIndexes: 0 }, running), failed('a', { index: 0 })),
      ['FailureTarget True MaxFailedIndexesExceeded Job has exceeded the specified maximal number of failed indexes']],
    ['in an index, when all have ended', conditions(indexed({ backoffLimitPerIndex: 0 }, { ...running, completedIndexes: '0,1' }), failed('a', { index: 2 })), ['FailureTarget True FailedIndexes Job has failed indexes']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it('end the job when its pods have gone', () => {
    const of = job({ backoffLimit: 0 }, running);
    expect(lines(of, failed('a'), pod('b'))).toEqual(['batch delete pods b', 'update jobs/status sum', 'batch update pods a']);
    const target = statusOf(of, failed('a'), pod('b'))!;
    expect(target).toMatchObject({ terminating: 1, uncountedTerminatedPods: { failed: ['a', 'b'] } });
    expect(lines(job({ backoffLimit: 0 }, target), pod('b', { deleted: true }))).toEqual(['update jobs/status sum', 'batch update pods b']);
    expect(lines(job({ backoffLimit: 0 }, target))).toEqual(['update jobs/status sum', 'event Warning BackoffLimitExceeded: Job has reached the specified backoff limit']);
    expect(statusOf(job({ backoffLimit: 0 }, target))).toMatchObject({ failed: 2, terminating: 0 });
  });

  it('may be ignored', () => {
    const ignoring = job({ backoffLimit: 0, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] } }, running);
    const disrupted = failed('a');
    disrupted.status!.conditions = [{ type: 'DisruptionTarget', status: 'True' }];
    expect(conditions(ignoring, disrupted)).toEqual([]);
    expect(lines(ignoring, disrupted)).toEqual(['batch create pods sum-', 'batch update pods a']);
  });
});

describe('an indexed job', () => {
  it('gives each pod an index', () => {
    const made = flatten(plan(indexed({}, { ...running, completedIndexes: '1', succeeded: 1 })).actions).filter((action): action is CreateAction => action.type === 'create');
    expect(made.map(({ object }) => object.metadata.generateName)).toEqual(['sum-0-', 'sum-2-']);
    expect(made[0]!.object).toMatchObject({
      metadata: { labels: { 'batch.kubernetes.io/job-completion-index': '0' }, annotations: { 'batch.kubernetes.io/job-completion-index': '0' } },
      spec: { hostname: 'sum-0', containers: [{ env: [{ name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" } } }] }] },
    });
  });

  it('notes indexes instead of pods', () => {
    expect(statusOf(indexed({ completions: 5 }, { ...running, completedIndexes: '0,1' }), pod('a', { phase: 'Succeeded', index: 2 }), pod('b', { index: 3 }), pod('c', { index: 4 })))
      .toMatchObject({ succeeded: 3, completedIndexes: '0-2', uncountedTerminatedPods: {} });
  });

  it('removes a second pod of one index', () => {
    expect(lines(indexed({}, { ...running, active: 4 }), pod('a', { index: 0, ready: true }), pod('b', { index: 0 }), pod('c', { index: 1 }), pod('d', { index: 2 }))[0]).toBe('batch update pods b');
  });

  it('counts the failures of each index on its pods', () => {
    const of = indexed({ backoffLimitPerIndex: 2, backoffLimit: 2 ** 31 - 1 }, running);
    const made = flatten(plan(of, pod('a', { phase: 'Failed', index: 0, failures: 1 }), pod('b', { index: 1 }), pod('c', { index: 2 })).actions)
      .filter((action): action is CreateAction => action.type === 'create');
    expect(made.map(({ object }) => object.metadata.annotations!['batch.kubernetes.io/job-index-failure-count'])).toEqual(['2']);
    expect(statusOf(of, pod('a', { phase: 'Failed', index: 0, failures: 2 }), pod('b', { index: 1 }))).toMatchObject({ failedIndexes: '0' });
  });

  it('may have succeeded early', () => {
    const of = indexed({ successPolicy: { rules: [{ succeededIndexes: '0', succeededCount: 1 }] } }, { ...running, completedIndexes: '0', active: 2 });
    expect(lines(of, pod('b', { index: 1 }))).toEqual(['batch delete pods b', 'update jobs/status sum']);
    expect(conditions(of, pod('b', { index: 1 }))).toEqual(['SuccessCriteriaMet True SuccessPolicy Matched rules at index 0']);
  });
});

describe('suspension', () => {
  it('is told', () => {
    expect(conditions(job({ suspend: true }, {}))).toEqual(['Suspended True JobSuspended Job suspended']);
    expect(lines(job({ suspend: true }, {}))).toContain('event Normal Suspended: Job suspended');
    const resumed = job({}, { conditions: [{ type: 'Suspended', status: 'True' }] });
    expect(conditions(resumed)).toEqual(['Suspended False JobResumed Job resumed']);
    expect(statusOf(resumed)).toMatchObject({ startTime: now });
  });
});

describe('afterwards', () => {
  const ended = (ttlSecondsAfterFinished?: number) => job({ ttlSecondsAfterFinished }, { conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: '2025-12-31T23:59:30Z' }] });
  it.each([[undefined, undefined, []], [60, 30_000, []], [30, undefined, ['delete jobs sum']]])('with a time to live of %p s', (ttl, wait, expected) => {
    const { actions, requeueAfterMs } = reconcileTtl(ended(ttl), observedOf(), context);
    expect(requeueAfterMs).toBe(wait);
    expect(told(actions)).toEqual(expected);
  });

  it('lets go of pods that nobody counts', () => {
    const orphans = (of: Pod, ...all: Job[]) => told(reconcileOrphan(of, observedOf([jobs, all])).actions);
    expect(orphans(pod('a'))).toEqual(['update pods a']);
    expect(orphans(pod('a'), ended())).toEqual(['update pods a']);
    expect(orphans(pod('a'), job())).toEqual([]);
    expect(orphans(pod('a', { tracked: false }))).toEqual([]);
  });
});
