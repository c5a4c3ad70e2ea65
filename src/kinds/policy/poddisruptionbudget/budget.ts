import type { Pod } from '../../../api/generated/core.v1';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../api/generated/policy.v1';
import { controllerOf, type OwnerReference } from '../../../api/meta';
import { timestamp } from '../../../api/clock';
import { isReady } from '../../pod-state';
import type { Observed } from '../../reconciler';
import { deployments, replicaSets, replicationControllers, statefulSets } from '../../resources';
import { scaledValue } from '../../scaled-value';

/** A pod whose eviction was allowed counts as gone, but not for longer than this. */
const disruptionMs = 120_000;

export interface Expectation {
  /** Pods that there should be. */
  readonly expected: number;
  /** Of which so many have to be healthy. */
  readonly desired: number;
  /** Pods of no controller, which share no total that a percentage could be of. */
  readonly unmanaged: readonly Pod[];
}

interface Scaled {
  readonly metadata: { readonly uid?: string };
  readonly spec: { readonly replicas?: number };
}

type Finder = (observed: Observed, owner: OwnerReference, namespace: string | undefined) => Scaled | undefined;

const finders: Readonly<Record<string, Finder>> = {
  ReplicationController: (observed, { name }, namespace) => {
    const found = observed.get(replicationControllers, name, namespace);
    return found && { metadata: found.metadata, spec: found.spec ?? {} };
  },
  StatefulSet: (observed, { name }, namespace) => observed.get(statefulSets, name, namespace),
  /** The Deployment above it says how many. */
  ReplicaSet(observed, { name }, namespace) {
    const set = observed.get(replicaSets, name, namespace);
    const above = set && controllerOf(set);
    return above?.kind === 'Deployment' ? observed.get(deployments, above.name, namespace) : set;
  },
};

const unscalable: Readonly<Record<string, string>> = { DaemonSet: 'daemonsets.apps', Job: 'jobs.batch' };

/** Throws what goes into condition SyncFailed. After getExpectedPodCount of pkg/controller/disruption. */
export function expectationOf({ spec = {} }: PodDisruptionBudget, pods: readonly Pod[], observed: Observed): Expectation {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable === 'number') return { expected: pods.length, desired: minAvailable, unmanaged: [] };
  if (maxUnavailable === undefined && minAvailable === undefined) return { expected: 0, desired: 0, unmanaged: [] };
  const unmanaged = pods.filter((pod) => !controllerOf(pod));
  const scales = new Map(pods.filter(controllerOf).map((pod) => controllerOf(pod)!).map((owner) => [owner.uid, owner]));
  const namespace = pods[0]?.metadata.namespace;
  const expected = [...scales.values()].reduce((sum, owner) => sum + scaleOf(owner, namespace, observed, pods), 0);
  const desired = maxUnavailable === undefined
    ? scaledValue(minAvailable, expected, Math.ceil) : Math.max(0, expected - scaledValue(maxUnavailable, expected, Math.ceil));
  return { expected, desired, unmanaged };
}

function scaleOf(owner: OwnerReference, namespace: string | undefined, observed: Observed, pods: readonly Pod[]): number {
  const resource = unscalable[owner.kind];
  if (resource) throw new Error(`${resource} does not implement the scale subresource`);
  const found = finders[owner.kind]?.(observed, owner, namespace);
  if (found) return found.spec.replicas ?? 1;
  const pod = pods.find((each) => controllerOf(each)?.uid === owner.uid)!;
  throw new Error(`found no controllers for pod ${JSON.stringify(pod.metadata.name)}`);
}

/** Evictions that were allowed and not yet carried out, by pod name. */
export function pendingDisruptions({ status }: PodDisruptionBudget, pods: readonly Pod[], nowMs: number): Record<string, string> {
  const known = status?.disruptedPods ?? {};
  const present = pods.filter(({ metadata }) => !metadata.deletionTimestamp && known[metadata.name]);
  return Object.fromEntries(present.map(({ metadata: { name } }) => [name, known[name]!] as const).filter(([, at]) => lapsesMs(at) >= nowMs));
}

/** Milliseconds since the epoch. */
export const lapsesMs = (disruptedAt: string): number => Date.parse(disruptedAt) + disruptionMs;

export function calculateStatus(
  budget: PodDisruptionBudget, pods: readonly Pod[], { expected, desired }: Expectation, disrupted: Readonly<Record<string, string>>, nowMs: number,
): PodDisruptionBudgetStatus {
  const healthy = pods.filter((pod) => !pod.metadata.deletionTimestamp && !disrupted[pod.metadata.name] && isReady(pod)).length;
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
  const status: PodDisruptionBudgetStatus = {
    ...(budget.metadata.generation && { observedGeneration: budget.metadata.generation }),
    ...(Object.keys(disrupted).length > 0 && { disruptedPods: { ...disrupted } }),
    disruptionsAllowed: allowed, currentHealthy: healthy, desiredHealthy: desired, expectedPods: expected,
    ...(budget.status?.conditions && { conditions: budget.status.conditions }),
  };
  return allowed > 0 ? withCondition(status, 'True', 'SufficientPods', '', nowMs) : withCondition(status, 'False', 'InsufficientPods', '', nowMs);
}

/** Condition DisruptionAllowed. */
export function withCondition(status: PodDisruptionBudgetStatus, is: 'True' | 'False', reason: string, message: string, nowMs: number): PodDisruptionBudgetStatus {
  const known = status.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const lastTransitionTime = known?.status === is ? known.lastTransitionTime : timestamp(nowMs);
  const condition = {
    type: 'DisruptionAllowed', status: is, ...(status.observedGeneration && { observedGeneration: status.observedGeneration }), lastTransitionTime, reason, message,
  };
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'DisruptionAllowed');
  return { ...status, conditions: [...others, condition] };
}
