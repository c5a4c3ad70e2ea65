import type { ControllerRevision, DaemonSet, StatefulSet } from '../../src/api/generated/apps.v1';
import type { CronJob, Job } from '../../src/api/generated/batch.v1';
import type { Event, PersistentVolumeClaim } from '../../src/api/generated/core.v1';
import { isReady } from '../../src/kinds/pod-state';
import {
  controllerRevisions, cronJobs, daemonSets, events, jobs, persistentVolumeClaims, pods, replicationControllers, statefulSets,
} from '../../src/kinds/resources';
import { World } from './world';
import { cronJob, daemonSet, job, replicationController, statefulSet, withTemplateImage } from './workloads';

let world: World;
beforeEach(async () => {
  world = await World.start(5);
});
afterEach(async () => {
  await world.stop();
  expect(world.clock.pendingTimers).toBe(0);
});

const names = async () => (await world.pods()).map(({ metadata }) => metadata.name).sort();
const images = async () => [...new Set((await world.pods()).map(({ spec }) => spec!.containers[0]!.image))];
const reasons = async (kind: string) => (await world.list<Event>(events)).filter(({ involvedObject }) => involvedObject.kind === kind).map(({ reason }) => reason);

describe('a StatefulSet', () => {
  const get = () => world.client.get<StatefulSet>(statefulSets, 'db', 'default');

  it('comes up pod by pod, each with its claim', async () => {
    const template = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    await world.client.create(statefulSets, statefulSet('db', 3, { volumeClaimTemplates: [template as PersistentVolumeClaim] }));
    const seen: number[] = [];
    for (let step = 0; step < 100; step++) {
      await world.clock.advance(300);
      const all = await world.pods();
      seen.push(all.length);
      expect(all.filter((pod) => !isReady(pod)).length).toBeLessThanOrEqual(1);
    }
    expect([...new Set(seen)]).toEqual([1, 2, 3]);
    expect(await names()).toEqual(['db-0', 'db-1', 'db-2']);
    expect((await world.list<PersistentVolumeClaim>(persistentVolumeClaims)).map(({ metadata }) => metadata.name).sort()).toEqual(['data-db-0', 'data-db-1', 'data-db-2']);
    const { status } = await get();
    expect(status).toEqual({ observedGeneration: 1, replicas: 3, readyReplicas: 3, availableReplicas: 3, currentReplicas: 3, updatedReplicas: 3,
      currentRevision: status!.updateRevision, updateRevision: expect.stringMatching(/^db-/), collisionCount: 0 });
  });

  it('rolls on, back, up and down', async () => {
    await world.client.create(statefulSets, statefulSet('db', 2));
    await world.clock.advance(30_000);
    await world.edit<StatefulSet>(statefulSets, 'db', withTemplateImage('db:2'));
    await world.clock.advance(60_000);
    expect(await images()).toEqual(['db:2']);
    await world.edit<StatefulSet>(statefulSets, 'db', withTemplateImage('db:1'));
    await world.clock.advance(60_000);
    expect(await images()).toEqual(['db:1']);
    expect((await world.list<ControllerRevision>(controllerRevisions)).map(({ revision }) => revision).sort()).toEqual([2, 3]);
    for (const replicas of [4, 1, 0]) {
      await world.edit<StatefulSet>(statefulSets, 'db', (set) => ({ ...set, spec: { ...set.spec, replicas } }));
      await world.clock.advance(60_000);
      expect(await names()).toEqual(['db-0', 'db-1', 'db-2', 'db-3'].slice(0, replicas));
    }
    await world.client.delete(statefulSets, 'db', 'default');
    await world.clock.advance(10_000);
    expect(await world.list(controllerRevisions)).toEqual([]);
  });
});

describe('a DaemonSet', () => {
  it('has a pod on each node, also on those that come', async () => {
    await world.client.create(daemonSets, daemonSet('agent'));
    await world.clock.advance(10_000);
    await world.addNode('late');
    await world.clock.advance(10_000);
    expect((await world.pods()).map(({ spec }) => spec!.nodeName).sort()).toEqual(['late', 'node-0', 'node-1', 'node-2']);
    expect((await world.client.get<DaemonSet>(daemonSets, 'agent', 'default')).status).toEqual({
      currentNumberScheduled: 4, desiredNumberScheduled: 4, numberMisscheduled: 0, numberReady: 4, numberAvailable: 4, updatedNumberScheduled: 4, observedGeneration: 1,
    });
  });

  it.each([{ maxUnavailable: 1 }, { maxSurge: 1, maxUnavailable: 0 }])('rolls on within its bounds (%p)', async (rollingUpdate) => {
    await world.client.create(daemonSets, daemonSet('agent', { updateStrategy: { type: 'RollingUpdate', rollingUpdate } }));
    await world.clock.advance(10_000);
    await world.edit<DaemonSet>(daemonSets, 'agent', withTemplateImage('agent:2'));
    for (let step = 0; step < 120; step++) {
      await world.clock.advance(500);
      const standing = (await world.pods()).filter(({ metadata }) => !metadata.deletionTimestamp);
      expect(standing.filter(isReady).length).toBeGreaterThanOrEqual(rollingUpdate.maxSurge ? 3 : 2);
      expect(standing.length).toBeLessThanOrEqual(rollingUpdate.maxSurge ? 4 : 3);
    }
    expect(await images()).toEqual(['agent:2']);
  });
});

it('a ReplicationController keeps its pods', async () => {
  await world.client.create(replicationControllers, replicationController('web', 3));
  await world.clock.advance(10_000);
  await world.client.delete(pods, (await names())[0]!, 'default');
  await world.clock.advance(10_000);
  expect(await names()).toHaveLength(3);
});

describe('a job', () => {
  const run = async (of: Job, seconds: number): Promise<Job> => {
    await world.client.create(jobs, of);
    await world.clock.advance(seconds * 1000);
    return world.client.get<Job>(jobs, of.metadata.name, 'default');
  };
  const ending = ({ status }: Job) => status!.conditions!.map(({ type, reason }) => `${type} ${reason}`);

  it('completes', async () => {
    const { status } = await run(job('sum', 'done', { completions: 5, parallelism: 2 }), 60);
    expect(status).toMatchObject({ succeeded: 5, ready: 0, terminating: 0, uncountedTerminatedPods: {}, completionTime: expect.any(String) });
    expect(status!.conditions!.map(({ type }) => type)).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect((await world.pods()).map(({ metadata }) => metadata.finalizers ?? [])).toEqual([[], [], [], [], []]);
    expect((await reasons('Job')).sort()).toEqual(['Completed', ...Array(5).fill('SuccessfulCreate')]);
  });

  it('works through its indexes', async () => {
    const { status } = await run(job('sum', 'done', { completions: 4, parallelism: 2, completionMode: 'Indexed' }), 60);
    expect(status).toMatchObject({ succeeded: 4, completedIndexes: '0-3' });
    expect((await world.pods()).map(({ spec }) => spec!.hostname).sort()).toEqual(['sum-0', 'sum-1', 'sum-2', 'sum-3']);
  });

  it('fails after its retries, each later than the last', async () => {
    const failed = await run(job('sum', 'fail', { backoffLimit: 2 }), 120);
    expect(ending(failed)).toEqual(['FailureTarget BackoffLimitExceeded', 'Failed BackoffLimitExceeded']);
    expect(failed.status).toMatchObject({ failed: 3, uncountedTerminatedPods: {} });
    expect(failed.status!.succeeded).toBeUndefined();
  });

  it('fails index by index', async () => {
    const failed = await run(job('sum', 'fail', { completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimitPerIndex: 1 }), 120);
    expect(ending(failed)).toEqual(['FailureTarget FailedIndexes', 'Failed FailedIndexes']);
    expect(failed.status).toMatchObject({ failed: 4, failedIndexes: '0,1' });
  });

  it('stops at its deadline, and takes its pods with it', async () => {
    expect(ending(await run(job('sum', 'web:1', { activeDeadlineSeconds: 10 }), 30))).toEqual(['FailureTarget DeadlineExceeded', 'Failed DeadlineExceeded']);
    expect(await names()).toEqual([]);
  });

  it('rests while suspended', async () => {
    expect((await run(job('sum', 'web:1'), 5)).status).toMatchObject({ active: 1 });
    await world.edit<Job>(jobs, 'sum', (of) => ({ ...of, spec: { ...of.spec, suspend: true } }));
    await world.clock.advance(10_000);
    expect(await names()).toEqual([]);
    expect((await world.client.get<Job>(jobs, 'sum', 'default')).status).toMatchObject({ conditions: [{ type: 'Suspended', status: 'True' }] });
    await world.edit<Job>(jobs, 'sum', (of) => ({ ...of, spec: { ...of.spec, suspend: false } }));
    await world.clock.advance(10_000);
    expect(await names()).toHaveLength(1);
    expect((await world.client.get<Job>(jobs, 'sum', 'default')).status!.failed).toBeUndefined();
  });

  it('goes when its time is over, with its pods', async () => {
    await expect(run(job('sum', 'done', { ttlSecondsAfterFinished: 10 }), 60)).rejects.toThrow('not found');
    expect(await names()).toEqual([]);
  });

  it.each(['Background', 'Foreground'] as const)('can be deleted while it runs (%s)', async (propagationPolicy) => {
    await run(job('sum', 'web:1'), 5);
    await world.client.delete(jobs, 'sum', 'default', { propagationPolicy });
    await world.clock.advance(20_000);
    expect([...await world.list(jobs), ...await names()]).toEqual([]);
  });
});

it('a CronJob starts jobs and keeps the last of them', async () => {
  await world.client.create(cronJobs, cronJob('tick', '*/2 * * * *', { successfulJobsHistoryLimit: 2 }));
  await world.clock.advance(11 * 60_000);
  const minute = Math.floor(Date.parse('2026-01-01T00:00:00Z') / 60_000);
  expect((await world.list<Job>(jobs)).map(({ metadata }) => metadata.name).sort()).toEqual([`tick-${minute + 10}`, `tick-${minute + 8}`].sort());
  expect((await world.client.get<CronJob>(cronJobs, 'tick', 'default')).status).toEqual({
    lastScheduleTime: '2026-01-01T00:10:00Z', lastSuccessfulTime: expect.stringMatching(/^2026-01-01T00:10:/) });
});
