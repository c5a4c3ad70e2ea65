import { deepEqual, semanticEqual } from '../../../api/equal';
import type { Pod, ResourceQuota, ResourceQuotaStatus } from '../../../api/generated/core.v1';
import { objectKey, type KubeObject } from '../../../api/meta';
import { canonicalQuantity, formatQuantity, newQuantity } from '../../../api/quantity';
import { nothingToDo, updateStatus, type Plan } from '../../actions';
import { isFinished } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { pods, resourceQuotas, type ResourceRef } from '../../resources';
import { coversPod, isScoped } from './scopes';
import { addUsage, evaluators, usageOf, type Usage } from './usage';

/** What a quota may see of an object's changes. */
const shown = (resource: ResourceRef, object: KubeObject) =>
  [(object as { spec?: unknown }).spec, object.metadata.deletionTimestamp !== undefined, resource === pods && isFinished(object as Pod)];

/** Only these count towards quotas; a change of them matters where there is one. */
const watches = evaluators.filter(({ resource }) => resource !== resourceQuotas).map(({ resource }) => watch({
  resource,
  concerns: (object, old) => !deepEqual(shown(resource, object), shown(resource, old)),
  keys: ({ metadata }, observed) => observed.list(resourceQuotas, metadata.namespace).map((quota) => objectKey(quota)),
}));

/** Says how much of each quota is used. After k8s.io/kubernetes/pkg/controller/resourcequota. */
export const resourceQuotaController = reconciler<ResourceQuota>({
  name: 'resourcequota-controller',
  resource: resourceQuotas,
  watches,
  reconcile: reconcileQuota,
});

export function reconcileQuota(quota: ResourceQuota, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const status = calculateStatus(quota, observed, nowMs);
  return semanticEqual(quota.status, status) ? nothingToDo : { actions: [updateStatus(resourceQuotas, { ...quota, status })] };
}

function calculateStatus(quota: ResourceQuota, observed: Observed, nowMs: number): ResourceQuotaStatus {
  const hard = quota.spec?.hard ?? {};
  const usage = totalUsage(quota, observed, nowMs);
  const used = Object.fromEntries(Object.keys(hard).map((name) => [name, formatQuantity(usage.get(name) ?? newQuantity(0, 'DecimalSI'))]));
  return { hard: Object.fromEntries(Object.entries(hard).map(([name, amount]) => [name, canonicalQuantity(amount)])), used };
}

/** Scopes are about pods: a quota with scopes counts nothing else. */
function totalUsage(quota: ResourceQuota, observed: Observed, nowMs: number): Usage {
  let total: Usage = new Map();
  for (const evaluator of evaluators) {
    if (isScoped(quota) && evaluator.resource !== pods) continue;
    const objects = observed.list(evaluator.resource, quota.metadata.namespace);
    const covered = evaluator.resource === pods ? objects.filter((pod) => coversPod(quota, pod as Pod)) : objects;
    for (const object of covered) total = addUsage(total, usageOf(evaluator, object, nowMs));
  }
  return total;
}
