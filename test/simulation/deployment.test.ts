import type { Deployment } from '../../src/api/generated/apps.v1';
import type { Event } from '../../src/api/generated/core.v1';
import { isReady } from '../../src/kinds/pod-state';
import { deployments, events } from '../../src/kinds/resources';
import { deployment, withImage, withReplicas, World } from './world';

describe('a deployment', () => {
  let world: World;
  const messages = async (kind: string) => (await world.list<Event>(events))
    .filter(({ involvedObject }) => involvedObject.kind === kind).map(({ message }) => message);

  beforeEach(async () => {
    world = await World.start(1);
  });
  afterEach(async () => {
    await world.stop();
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('comes up, and tells so as upstream does', async () => {
    await world.client.create(deployments, deployment('web'));
    await world.clock.advance(10_000);
    const [web] = await world.deployments();
    const [set] = await world.replicaSets();
    expect(web!.status).toEqual({
      observedGeneration: web!.metadata.generation, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.',
          lastUpdateTime: expect.any(String), lastTransitionTime: expect.any(String) },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${set!.metadata.name}" has successfully progressed.`,
          lastUpdateTime: expect.any(String), lastTransitionTime: '2026-01-01T00:00:00Z' },
      ],
    });
    expect(web!.metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
    expect(set!.metadata.annotations).toEqual({
      'deployment.kubernetes.io/desired-replicas': '3', 'deployment.kubernetes.io/max-replicas': '4', 'deployment.kubernetes.io/revision': '1',
    });
    expect(set!.status).toEqual({ replicas: 3, fullyLabeledReplicas: 3, readyReplicas: 3, availableReplicas: 3, observedGeneration: 1 });
    expect(await messages('Deployment')).toEqual([`Scaled up replica set ${set!.metadata.name} from 0 to 3`]);
    expect((await messages('ReplicaSet')).sort()).toEqual((await world.pods()).map((pod) => `Created pod: ${pod.metadata.name}`).sort());
    expect((await messages('Pod')).every((message) => /^Successfully assigned default\/web-\S+ to node-[012]$/.test(message!))).toBe(true);
    expect((await world.pods()).every(isReady)).toBe(true);
  });

  it('rolls on to a new template, and back', async () => {
    await world.client.create(deployments, deployment('web'));
    await world.clock.advance(10_000);
    await world.edit<Deployment>(deployments, 'web', withImage('web:2'));
    await world.clock.advance(60_000);
    expect((await world.pods()).map((pod) => pod.spec!.containers[0]!.image)).toEqual(['web:2', 'web:2', 'web:2']);
    expect((await world.deployments())[0]!.metadata.annotations!['deployment.kubernetes.io/revision']).toBe('2');

    await world.edit<Deployment>(deployments, 'web', withImage('web:1'));
    await world.clock.advance(60_000);
    const sets = await world.replicaSets();
    expect(sets).toHaveLength(2);
    const back = sets.find(({ spec }) => spec.replicas === 3)!;
    expect(back.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3', 'deployment.kubernetes.io/revision-history': '1',
    });
  });

  it('scales up and down', async () => {
    await world.client.create(deployments, deployment('web'));
    await world.clock.advance(10_000);
    for (const replicas of [7, 2, 0, 4]) {
      await world.edit<Deployment>(deployments, 'web', withReplicas(replicas));
      await world.clock.advance(20_000);
      expect(await world.pods()).toHaveLength(replicas);
      expect((await world.deployments())[0]!.status?.availableReplicas ?? 0).toBe(replicas);
    }
  });

  it('stops at a template that does not come up, and says when it gives up', async () => {
    await world.client.create(deployments, deployment('web', { replicas: 4 }));
    await world.clock.advance(10_000);
    await world.edit<Deployment>(deployments, 'web', withImage('broken'));
    await world.clock.advance(660_000);
    const [web] = await world.deployments();
    expect(web!.status!.availableReplicas).toBe(3);
    expect(web!.status!.conditions!.find(({ type }) => type === 'Progressing')).toMatchObject({
      status: 'False', reason: 'ProgressDeadlineExceeded', message: expect.stringMatching(/^ReplicaSet "web-\w+" has timed out progressing\.$/),
    });
  });

  it('recreates: no new pod before the last old one is gone', async () => {
    await world.client.create(deployments, deployment('web', { strategy: { type: 'Recreate' } }));
    await world.clock.advance(10_000);
    await world.edit<Deployment>(deployments, 'web', withImage('web:2'));
    for (let step = 0; step < 100; step++) {
      await world.clock.advance(100);
      expect(new Set((await world.pods()).map((pod) => pod.spec!.containers[0]!.image)).size).toBeLessThanOrEqual(1);
    }
    expect((await world.pods()).map((pod) => pod.spec!.containers[0]!.image)).toEqual(['web:2', 'web:2', 'web:2']);
  });

  it('waits while paused, and scales all the same', async () => {
    await world.client.create(deployments, deployment('web'));
    await world.clock.advance(10_000);
    await world.edit<Deployment>(deployments, 'web', (web) => withImage('web:2')({ ...web, spec: { ...web.spec, paused: true } }));
    await world.clock.advance(10_000);
    expect(await world.replicaSets()).toHaveLength(1);
    expect((await world.deployments())[0]!.status!.conditions!.at(-1)).toMatchObject({ reason: 'DeploymentPaused', status: 'Unknown', message: 'Deployment is paused' });
    await world.edit<Deployment>(deployments, 'web', withReplicas(5));
    await world.clock.advance(10_000);
    expect(await world.pods()).toHaveLength(5);
    await world.edit<Deployment>(deployments, 'web', (web) => ({ ...web, spec: { ...web.spec, paused: false } }));
    await world.clock.advance(60_000);
    expect((await world.pods()).every((pod) => pod.spec!.containers[0]!.image === 'web:2')).toBe(true);
  });
});
