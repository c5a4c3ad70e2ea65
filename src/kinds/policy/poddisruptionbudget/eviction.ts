import { timestamp } from '../../../api/clock';
import { ApiError, forbidden } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { PodDisruptionBudget } from '../../../api/generated/policy.v1';
import { labelSelectorMatcher } from '../../../api/selectors';
import { isFinished, isReady } from '../../pod-state';
import { withCondition } from './budget';

/** What the eviction of a pod takes. */
export interface Eviction {
  /** The budget whose status has to be written before the pod may be deleted; a conflict asks for a new verdict. */
  readonly spend?: PodDisruptionBudget;
  /** The pod may be deleted in this state only, by its resourceVersion: one that becomes healthy is guarded. */
  readonly unchanged: boolean;
  /** By this budget, which then has to be asked anew. */
  readonly guardedBy?: string;
  /** Why it cannot be decided at all. */
  readonly unsupported?: string;
}

/** Pods whose eviction was allowed and has not come to pass. */
const disruptedMax = 2000;

/**
 * Whether a pod may be evicted under the budgets of its namespace. Throws the ApiError that refuses it: TooManyRequests
 * when a budget is spent. After pkg/registry/core/pod/storage/eviction.go.
 */
export function evict(pod: Pod, budgets: readonly PodDisruptionBudget[], nowMs: number): Eviction {
  if (isFinished(pod) || pod.metadata.deletionTimestamp) return { unchanged: false };
  if (pod.status?.phase === 'Pending') return { unchanged: true };
  const guarding = budgets.filter(({ spec }) => labelSelectorMatcher(spec?.selector)(pod.metadata.labels));
  if (guarding.length > 1) return { unchanged: false, unsupported: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.' };
  const [budget] = guarding;
  if (!budget) return { unchanged: false };
  return isReady(pod) || !unhealthyMayGo(budget) ? { unchanged: false, spend: spent(budget, pod, nowMs) } : { unchanged: true, guardedBy: budget.metadata.name };
}

/** A pod that is not healthy is not missed, while the others suffice. */
function unhealthyMayGo({ spec, status }: PodDisruptionBudget): boolean {
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' || (currentHealthy >= desiredHealthy && desiredHealthy > 0);
}

/** The budget with one disruption less. */
function spent(budget: PodDisruptionBudget, pod: Pod, nowMs: number): PodDisruptionBudget {
  const { name, generation = 0 } = budget.metadata;
  const status = budget.status ?? { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  const { disruptionsAllowed, desiredHealthy, currentHealthy, disruptedPods = {} } = status;
  if ((status.observedGeneration ?? 0) < generation) throw stillProcessed(name);
  if (disruptionsAllowed < 0) throw forbidden(refused, name, 'pdb disruptions allowed is negative');
  if (Object.keys(disruptedPods).length > disruptedMax) {
    throw forbidden(refused, name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  if (disruptionsAllowed === 0) throw exhausted(`The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`, 0);
  const next = { ...status, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods: { ...disruptedPods, [pod.metadata.name]: timestamp(nowMs) } };
  return { ...budget, status: disruptionsAllowed === 1 ? withCondition(next, 'False', 'InsufficientPods', '', nowMs) : next };
}

/** Upstream calls the resource by its singular here. */
const refused = { group: 'policy', plural: 'poddisruptionbudget' };

export const stillProcessed = (name: string): ApiError => exhausted(`The disruption budget ${name} is still being processed by the server.`, 10);

function exhausted(why: string, retryAfterSeconds: number): ApiError {
  return new ApiError('TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message: why }], ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
  });
}
