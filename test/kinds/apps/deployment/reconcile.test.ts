import type { Deployment, ReplicaSet } from '../../../../src/api/generated/apps.v1';
import type { UpdateAction } from '../../../../src/kinds/actions';
import { maxReplicas, maxUnavailable } from '../../../../src/kinds/apps/deployment/fenceposts';
import { newReplicaSet } from '../../../../src/kinds/apps/deployment/new-set';
import { reconcileDeployment } from '../../../../src/kinds/apps/deployment/reconcile';
import { templateHash } from '../../../../src/kinds/template-hash';
import { scaledSizes } from '../../../../src/kinds/apps/deployment/scaling';
import { pods, replicaSets } from '../../../../src/kinds/resources';
import { deployment, withImage } from '../../../simulation/world';
import { observedOf, told } from '../../observed';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const context = { nowMs, sinceMs: 0 };

const make = (options = {}): Deployment => {
  const made = deployment('web', options);
  return { ...made, metadata: { ...made.metadata, uid: 'd', generation: 1 } };
};

/** The set that this deployment makes, with so many pods of which so many are available. */
function setOf(owner: Deployment, replicas: number, available = replicas, age = 0, revision = 1): ReplicaSet {
  const set = newReplicaSet(owner, [], revision);
  return {
    ...set,
    metadata: { ...set.metadata, uid: set.metadata.name, generation: 1, creationTimestamp: `2025-01-01T00:00:0${age}Z` },
    spec: { ...set.spec, replicas },
    status: { replicas, readyReplicas: available, availableReplicas: available, observedGeneration: 1 },
  };
}

const sizes = (owner: Deployment, ...sets: ReplicaSet[]) => {
  const { actions } = reconcileDeployment(owner, observedOf([replicaSets, sets], [pods, []]), context);
  return Object.fromEntries(actions.filter((action): action is UpdateAction => action.type === 'update' && action.resource === replicaSets)
    .map(({ object }) => [object.metadata.name, (object as ReplicaSet).spec.replicas]));
};

describe('a deployment that is at rest', () => {
  it('needs nothing', () => {
    const owner = make();
    const at = observedOf([replicaSets, [setOf(owner, 3)]], [pods, []]);
    const [write] = reconcileDeployment(owner, at, context).actions;
    const rested = (write as UpdateAction).object as Deployment;
    expect(reconcileDeployment(rested, at, { nowMs: nowMs + 60_000, sinceMs: 0 })).toEqual({ actions: [] });
  });
});

describe('fence posts', () => {
  it.each<[number, number | string, number | string, number, number]>([
    [10, '25%', '25%', 13, 2], [3, '25%', '25%', 4, 0], [1, '25%', '25%', 2, 0], [2, '1%', '0%', 3, 0], [2, 0, '1%', 2, 1], [4, 2, 10, 6, 4], [0, '25%', '25%', 0, 0],
  ])('%d replicas with surge %s and unavailable %s: at most %d pods, at most %d missing', (replicas, maxSurge, unavailable, most, missing) => {
    const owner = make({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable: unavailable } } });
    expect([maxReplicas(owner), maxUnavailable(owner)]).toEqual([most, missing]);
  });
});

describe('a rolling update', () => {
  const old = make({ replicas: 10 });
  const owner = withImage('web:2')(old);
  const [oldName, newName] = [setOf(old, 0), setOf(owner, 0)].map(({ metadata }) => metadata.name) as [string, string];
  const step = (before: ReplicaSet, now: ReplicaSet) => sizes(owner, before, now);

  it.each<[string, Record<string, number | undefined>, Record<string, number>]>([
    ['shrinks as far as availability allows', step(setOf(old, 10), setOf(owner, 3, 0, 1, 2)), { [oldName]: 8 }],
    ['grows as far as the surge allows', step(setOf(old, 8), setOf(owner, 3, 0, 1, 2)), { [newName]: 5 }],
    ['waits for what is new to become available', step(setOf(old, 8), setOf(owner, 5, 0, 1, 2)), {}],
    ['goes on when some are', step(setOf(old, 8), setOf(owner, 5, 2, 1, 2)), { [oldName]: 6 }],
    ['takes what is broken first', step(setOf(old, 8, 6), setOf(owner, 5, 2, 1, 2)), { [oldName]: 6 }],
    ['ends', step(setOf(old, 1), setOf(owner, 10, 10, 1, 2)), { [oldName]: 0 }],
    ['does not step on what has not settled', step({ ...setOf(old, 8), status: { replicas: 10, availableReplicas: 10, observedGeneration: 0 } }, setOf(owner, 3, 0, 1, 2)), {}],
  ])('%s', (_, outcome, expected) => expect(outcome).toEqual(expected));

  it('makes the new set with room for the surge', () => {
    const counted = { ...owner, status: { replicas: 10, updatedReplicas: 10, readyReplicas: 10, availableReplicas: 10 } };
    const { actions } = reconcileDeployment(counted, observedOf([replicaSets, [setOf(old, 10)]], [pods, []]), context);
    expect(told(actions)).toEqual([`create replicasets ${newName}`, 'update deployments/status web']);
    expect((actions[0] as UpdateAction).object).toMatchObject({ spec: { replicas: 3 }, metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } } });
    expect((actions[1] as UpdateAction).object).toMatchObject({
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } },
      status: { conditions: [{ type: 'Progressing', reason: 'NewReplicaSetCreated', message: `Created new replica set "${newName}"` }, { type: 'Available' }] },
    });
  });

  it('moves on to another name when a stranger has it', () => {
    const stranger = { ...setOf(owner, 0), metadata: { name: newName, namespace: 'default', labels: {} } };
    const { actions } = reconcileDeployment(owner, observedOf([replicaSets, [setOf(old, 10), stranger]], [pods, []]), context);
    expect(actions.map((action) => ((action as UpdateAction).object as Deployment).status)).toMatchObject([{ collisionCount: 1 }]);
    expect(templateHash(owner.spec.template, 1)).not.toBe(templateHash(owner.spec.template, undefined));
  });

  it('keeps as much history as it is told to', () => {
    const history = [1, 2, 3].map((at) => setOf(withImage(`old:${at}`)(old), 0, 0, at, at));
    const done = { ...owner, spec: { ...owner.spec, revisionHistoryLimit: 1 }, status: { observedGeneration: 1, replicas: 10, updatedReplicas: 10, readyReplicas: 10, availableReplicas: 10 } };
    const { actions } = reconcileDeployment(done, observedOf([replicaSets, [...history, setOf(owner, 10, 10, 4, 4)]], [pods, []]), context);
    expect(told(actions).filter((line) => line.startsWith('delete'))).toEqual(history.slice(0, 2).map(({ metadata }) => `delete replicasets ${metadata.name}`));
  });
});

describe('scaling during a rollout', () => {
  it.each<[number, number, number, number, number]>([
    [10, 15, 8, 5, 19], [10, 5, 8, 5, 7], [10, 0, 8, 5, 0],
  ])('from %d to %d replicas keeps the proportions of %d old and %d new: %d in all', (before, after, oldSize, newSize, all) => {
    const was = make({ replicas: before });
    const owner = { ...withImage('web:2')(was), spec: { ...withImage('web:2')(was).spec, replicas: after } };
    const noted = (set: ReplicaSet) => ({ ...set, metadata: { ...set.metadata, annotations: { 'deployment.kubernetes.io/desired-replicas': '10', 'deployment.kubernetes.io/max-replicas': '13' } } });
    const result = [...scaledSizes(owner, { old: [noted(setOf(was, oldSize))], current: noted(setOf(owner, newSize, 0, 1)) }).values()];
    expect(result.reduce((sum, size) => sum + size, 0)).toBe(all);
    if (all > 0) expect(Math.abs(result[0]! / result[1]! - oldSize / newSize)).toBeLessThan(0.8);
  });
});
