import type { Deployment, ReplicaSet } from '../../../../src/api/generated/apps.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import type { PodDisruptionBudget, PodDisruptionBudgetSpec, PodDisruptionBudgetStatus } from '../../../../src/api/generated/policy.v1';
import type { UpdateAction } from '../../../../src/kinds/actions';
import { evict } from '../../../../src/kinds/policy/poddisruptionbudget/eviction';
import { reconcileBudget } from '../../../../src/kinds/policy/poddisruptionbudget/reconcile';
import { deployments, pods, replicaSets } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const now = '2026-01-01T00:00:00Z';
const nowMs = Date.parse(now);

const budget = (spec: PodDisruptionBudgetSpec, status: Partial<PodDisruptionBudgetStatus> = {}): PodDisruptionBudget => ({
  metadata: { name: 'b', namespace: 'default', uid: 'b', generation: 1 }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, ...status },
});
const owner = (kind: string, name: string) => ({ ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }] });
const pod = (name: string, { ready = true, owned = 'ReplicaSet', deleted = false, phase = 'Running' as const }: { ready?: boolean; owned?: string; deleted?: boolean; phase?: 'Running' | 'Pending' | 'Failed' } = {}): Pod => ({
  metadata: { name, namespace: 'default', uid: name, resourceVersion: '7', labels: { app: 'web' }, ...(owned && owner(owned, 'set')), ...(deleted && { deletionTimestamp: now }) },
  spec: { containers: [] }, status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const set = { metadata: { name: 'set', namespace: 'default', uid: 'set', ...owner('Deployment', 'web') }, spec: { replicas: 3 } } as ReplicaSet;
const web = { metadata: { name: 'web', namespace: 'default', uid: 'web' }, spec: { replicas: 4 } } as Deployment;

const plan = (of: PodDisruptionBudget, ...all: Pod[]) =>
  reconcileBudget(of, observedOf([pods, all], [replicaSets, [set]], [deployments, [web]]), { nowMs, sinceMs: 0 });
const statusOf = (of: PodDisruptionBudget, ...all: Pod[]) => {
  const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = ((plan(of, ...all).actions.at(-1) as UpdateAction).object as PodDisruptionBudget).status!;
  return [disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods];
};

it('does nothing when all is well', () => {
  const conditions = [{ type: 'DisruptionAllowed', status: 'True', observedGeneration: 1, lastTransitionTime: now, reason: 'SufficientPods', message: '' }];
  expect(plan(budget({ minAvailable: 1 }, { observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 2, conditions }), pod('a'), pod('b'))).toEqual({ actions: [] });
});

describe('disruptions allowed, healthy, desired, expected', () => {
  const three = [pod('a'), pod('b'), pod('c')];
  it.each<[string, number[], number[]]>([
    ['by a count', statusOf(budget({ minAvailable: 2 }), ...three), [1, 3, 2, 3]],
    ['by a share of what the Deployment wants', statusOf(budget({ minAvailable: '50%' }), ...three), [1, 3, 2, 4]],
    ['by what may be missing', statusOf(budget({ maxUnavailable: 1 }), ...three), [0, 3, 3, 4]],
    ['without those not ready or leaving', statusOf(budget({ minAvailable: 1 }), pod('a'), pod('b', { ready: false }), pod('c', { deleted: true })), [0, 1, 1, 3]],
    ['without those about to be evicted', statusOf(budget({ minAvailable: 1 }, { disruptedPods: { a: now } }), ...three), [1, 2, 1, 3]],
    ['with those that were not, after all', statusOf(budget({ minAvailable: 1 }, { disruptedPods: { a: '2025-12-31T23:50:00Z' } }), ...three), [2, 3, 1, 3]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

it('says what is odd', () => {
  expect(told(plan(budget({ minAvailable: 1 })).actions)[0]).toBe('event Normal NoPods: No matching pods found');
  expect(told(plan(budget({ maxUnavailable: 1 }), pod('a', { owned: '' })).actions)[0]).toMatch(/^event Warning UnmanagedPods: .*\(selector: &LabelSelector\{MatchLabels:map\[string\]string\{app: web,\},/);
  const { actions } = plan(budget({ maxUnavailable: 1 }), pod('a', { owned: 'Job' }));
  expect(told(actions)[0]).toBe('event Warning CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource');
  expect(((actions[1] as UpdateAction).object as PodDisruptionBudget).status!.conditions).toMatchObject([{ type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed' }]);
});

describe('the eviction of a pod', () => {
  const ample = budget({ minAvailable: 1 }, { observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1 });
  const spent = budget({ minAvailable: 2 }, { observedGeneration: 1, currentHealthy: 2, desiredHealthy: 2 });
  it('spends of the budget', () => {
    const { spend, unchanged } = evict(pod('a'), [ample], nowMs);
    expect(unchanged).toBe(false);
    expect(spend!.status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { a: now }, conditions: [{ status: 'False', reason: 'InsufficientPods' }] });
  });

  it.each<[string, Pod, PodDisruptionBudget[], unknown]>([
    ['without a budget', pod('a'), [], { unchanged: false }],
    ['that has ended', pod('a', { phase: 'Failed' as never }), [spent], { unchanged: false }],
    ['that has not started', pod('a', { phase: 'Pending' as never }), [spent], { unchanged: true }],
    ['that is not healthy while the others are', pod('a', { ready: false }), [spent], { unchanged: true, guardedBy: 'b' }],
    ['under two budgets', pod('a'), [ample, spent], { unchanged: false, unsupported: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.' }],
  ])('%s needs none', (_, of, budgets, expected) => expect(evict(of, budgets, nowMs)).toEqual(expected));

  it.each<[string, Pod, PodDisruptionBudget[], number, string]>([
    ['that has to stay', pod('a'), [spent], 429, 'The disruption budget b needs 2 healthy pods and has 2 currently'],
    ['under a budget not looked at yet', pod('a'), [budget({ minAvailable: 1 })], 429, 'The disruption budget b is still being processed by the server.'],
  ])('%s is refused', (_, of, budgets, code, cause) => {
    let refusal: unknown;
    try {
      evict(of, budgets, nowMs);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ status: { code, ...(cause && { details: { causes: [{ reason: 'DisruptionBudget', message: cause }] } }) } });
  });
});
