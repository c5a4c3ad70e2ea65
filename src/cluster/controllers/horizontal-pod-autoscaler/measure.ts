import { parseGoDuration } from '../../../api/duration';
import type { Pod } from '../../../api/generated/core.v1';
import type { PodMetrics } from '../../../api/generated/metrics.v1beta1';
import { parseQuantity, toMilli } from '../../../api/quantity';
import { parseLabelSelector } from '../../../api/selectors';
import type { Client, Resource } from '../../../client/client';
import type { InformerSet } from '../../../client/informer';
import type { Measured } from '../../../kinds/autoscaling/horizontalpodautoscaler/scaling/replicas';
import type { PodUsage } from '../../../kinds/autoscaling/horizontalpodautoscaler/scaling/usage';
import { pods } from '../../../kinds/resources';

const podMetrics: Resource = { group: 'metrics.k8s.io', version: 'v1beta1', plural: 'pods', namespaced: true };

/** The pods of a selector and what they use; an error when nothing tells. */
export async function measure(client: Client, informers: InformerSet, namespace: string, selector: string, nowMs: number): Promise<Measured | Error> {
  const selects = parseLabelSelector(selector);
  const selected = informers.for<Pod>(pods).list(namespace).filter(({ metadata }) => selects(metadata.labels));
  try {
    const { items } = await client.list<PodMetrics>(podMetrics, { namespace, labelSelector: selector });
    return { pods: selected, usage: new Map(items.map((item) => [item.metadata.name, usageOf(item)])), nowMs };
  } catch (error) {
    return new Error(`unable to get metrics for resource: unable to fetch metrics from resource metrics API: ${(error as Error).message}`);
  }
}

function usageOf({ timestamp, window, containers }: PodMetrics): PodUsage {
  return {
    timestampMs: Date.parse(timestamp), windowMs: parseGoDuration(window),
    containers: Object.fromEntries(containers.map(({ name, usage }) => [name, Object.fromEntries(Object.entries(usage).map(([resource, amount]) => [resource, toMilli(parseQuantity(amount))]))])),
  };
}
