import { deepEqual, semanticEqual } from '../../../api/equal';
import type { Pod } from '../../../api/generated/core.v1';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../api/generated/policy.v1';
import { controllerOf, objectKey, type KubeObject } from '../../../api/meta';
import { labelSelectorMatcher, labelSelectorProtoText } from '../../../api/selectors';
import { event, updateStatus, type Action, type Plan } from '../../actions';
import { controlledBy } from '../../owners';
import { isReady } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { deployments, podDisruptionBudgets, pods, replicaSets, replicationControllers, statefulSets, type ResourceRef } from '../../resources';
import { calculateStatus, expectationOf, lapsesMs, pendingDisruptions, withCondition } from './budget';

const budgetsOf = (pod: Pod, observed: Observed): readonly PodDisruptionBudget[] =>
  observed.list(podDisruptionBudgets, pod.metadata.namespace).filter(({ spec }) => labelSelectorMatcher(spec?.selector)(pod.metadata.labels));

const replicasOf = (object: KubeObject) => (object as { spec?: { replicas?: number } }).spec?.replicas;

/** The budgets of all pods of a controller whose size has changed. */
const watchScale = <T extends KubeObject>(resource: ResourceRef<T>) => watch<T>({
  resource,
  concerns: (object, old) => replicasOf(object) !== replicasOf(old),
  keys: (object, observed) => {
    const owners = resource.kind === 'Deployment' ? observed.list(replicaSets, object.metadata.namespace).filter((set) => controllerOf(set)?.uid === object.metadata.uid) : [object];
    const affected = owners.flatMap((owner) => controlledBy(observed, pods, owner)).flatMap((pod) => budgetsOf(pod, observed));
    return [...new Set(affected.map((budget) => objectKey(budget)))];
  },
});

const shown = (pod: Pod) => ({ labels: pod.metadata.labels, deleted: pod.metadata.deletionTimestamp !== undefined, ready: isReady(pod), owner: controllerOf(pod)?.uid });

/** Says how many pods may be evicted. After k8s.io/kubernetes/pkg/controller/disruption. */
export const disruptionController = reconciler<PodDisruptionBudget>({
  name: 'controllermanager',
  resource: podDisruptionBudgets,
  watches: [
    watch<Pod>({
      resource: pods,
      concerns: (pod, old) => !deepEqual(shown(pod), shown(old)),
      keys: (pod, observed) => budgetsOf(pod, observed).map((budget) => objectKey(budget)),
    }),
    watchScale(deployments), watchScale(replicaSets), watchScale(replicationControllers), watchScale(statefulSets),
  ],
  reconcile: reconcileBudget,
});

export function reconcileBudget(budget: PodDisruptionBudget, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const matches = labelSelectorMatcher(budget.spec?.selector);
  const guarded = observed.list(pods, budget.metadata.namespace).filter(({ metadata }) => matches(metadata.labels));
  const tell = (severity: 'Normal' | 'Warning', reason: string, message: string) => event(podDisruptionBudgets, budget, severity, reason, message);
  const before = guarded.length === 0 ? [tell('Normal', 'NoPods', 'No matching pods found')] : [];
  try {
    const expectation = expectationOf(budget, guarded, observed);
    const disrupted = pendingDisruptions(budget, guarded, nowMs);
    const lapses = Object.values(disrupted).map(lapsesMs);
    return {
      actions: [
        ...before, ...expectation.unmanaged.slice(0, 1).map(() => tell('Warning', 'UnmanagedPods', unmanagedMessage(budget))),
        ...writeStatus(budget, calculateStatus(budget, guarded, expectation, disrupted, nowMs)),
      ],
      ...(lapses.length > 0 && { requeueAfterMs: Math.min(...lapses) - nowMs + 1 }),
    };
  } catch (error) {
    const { message } = error as Error;
    const status = withCondition({ ...budget.status!, disruptionsAllowed: 0 }, 'False', 'SyncFailed', message, nowMs);
    return { actions: [...before, tell('Warning', 'CalculateExpectedPodCountFailed', `Failed to calculate the number of expected pods: ${message}`), ...writeStatus(budget, status)] };
  }
}

const writeStatus = (budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): Action[] =>
  (semanticEqual(budget.status, status) ? [] : [updateStatus(podDisruptionBudgets, { ...budget, status })]);

function unmanagedMessage({ spec }: PodDisruptionBudget): string {
  return `Pods selected by this PodDisruptionBudget (selector: ${labelSelectorProtoText(spec?.selector ?? {})}) were found to be unmanaged. As a result, the status of the PDB cannot be `
    + 'calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
}
