import type { ResourceQuota, ResourceQuotaStatus } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';
import { canonicalQuantity, formatQuantity, type Quantity } from '../../../api/quantity';
import { evaluatorsFor, type Counted, type Evaluator } from './evaluators';
import { addTo, count, type Usage } from './usage';

/** The objects of the quota's namespace; undefined for a resource that is not served. */
export type ListObjects = (resource: Counted) => readonly KubeObject[] | undefined;

/** The usage of objects of which nothing but a change of theirs makes another one. */
const constant = new WeakMap<KubeObject, Usage>();

function usageOf(evaluator: Evaluator, object: KubeObject, nowMs: number): Usage {
  const known = constant.get(object);
  if (known) return known;
  const usage = evaluator.usage(object, nowMs);
  if (evaluator.lapsesMs?.(object) === undefined) constant.set(object, usage);
  return usage;
}

/** What the objects that a quota covers take together. */
export function totalUsage(quota: ResourceQuota, evaluator: Evaluator, objects: readonly KubeObject[], nowMs: number): Usage {
  const total = new Map<string, Quantity>();
  for (const object of objects) if (evaluator.covers(quota, object)) addTo(total, usageOf(evaluator, object, nowMs));
  return total;
}

/** What a quota has to say of itself. Amounts of what nobody counts have no usage. After k8s.io/apiserver/pkg/quota/v1.CalculateUsage. */
export function quotaStatus(quota: ResourceQuota, list: ListObjects, nowMs: number): ResourceQuotaStatus {
  const hard = Object.entries(quota.spec?.hard ?? {});
  const used: Record<string, string> = {};
  for (const evaluator of evaluatorsFor(hard.map(([name]) => name))) {
    const objects = list(evaluator.resource);
    const usage = objects && totalUsage(quota, evaluator, objects, nowMs);
    for (const [name] of usage ? hard : []) if (evaluator.counts(name)) used[name] = formatQuantity(usage!.get(name) ?? count(0));
  }
  return { hard: Object.fromEntries(hard.map(([name, amount]) => [name, canonicalQuantity(amount)])), used };
}

/** When the status will change by itself, in milliseconds since the epoch. */
export function quotaLapsesMs(quota: ResourceQuota, list: ListObjects, nowMs: number): number | undefined {
  const times = evaluatorsFor(Object.keys(quota.spec?.hard ?? {})).flatMap(({ resource, lapsesMs }) => (lapsesMs ? list(resource)?.map(lapsesMs) : undefined) ?? []);
  const ahead = times.filter((time) => time !== undefined && time >= nowMs) as number[];
  return ahead.length ? Math.min(...ahead) + 1 : undefined;
}
