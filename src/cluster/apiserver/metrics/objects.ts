import { timestamp } from '../../../api/clock';
import { formatGoDuration } from '../../../api/duration';
import type { Node, Pod } from '../../../api/generated/core.v1';
import type { ContainerMetrics, NodeMetrics, PodMetrics } from '../../../api/generated/metrics.v1beta1';
import type { ObjectMeta } from '../../../api/meta';
import { formatQuantity } from '../../../api/quantity';
import type { Usage } from './usage';

const quantities = (cpuNanocores: number, memoryBytes: number): Record<string, string> => ({
  cpu: formatQuantity({ unscaled: BigInt(cpuNanocores), scale: -9, format: 'DecimalSI' }),
  memory: formatQuantity({ unscaled: BigInt(memoryBytes), scale: 0, format: 'BinarySI' }),
});

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** Like metrics-server, made now and with the labels of what they are about. */
const metadata = ({ name, namespace, labels }: ObjectMeta, nowMs: number): ObjectMeta =>
  ({ name, ...(namespace && { namespace }), creationTimestamp: timestamp(nowMs), ...(labels && { labels }) });

/** The end and the length of the window that ended first. */
function timeOf(usages: readonly Usage[], nowMs: number): { timestamp: string; window: string } {
  const [first] = [...usages].sort((a, b) => a.sample.timeMs - b.sample.timeMs);
  return { timestamp: timestamp(first?.sample.timeMs ?? nowMs), window: formatGoDuration(first?.windowMs ?? 0) };
}

/** Containers in the order of the pod's spec. */
export function podMetrics({ metadata: of, spec }: Pod, usages: readonly Usage[], nowMs: number): PodMetrics {
  const order = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(({ name }) => name);
  const place = ({ sample }: Usage) => order.indexOf(sample.container);
  const containers = [...usages].sort((a, b) => place(a) - place(b)).map(({ sample, cpuNanocores, memoryBytes }): ContainerMetrics =>
    ({ name: sample.container, usage: quantities(cpuNanocores, memoryBytes) }));
  return { metadata: metadata(of, nowMs), ...timeOf(usages, nowMs), containers };
}

/** A node uses what its containers use: the machine under it may be that of other nodes, too. */
export function nodeMetrics({ metadata: of }: Node, usages: readonly Usage[], nowMs: number): NodeMetrics {
  const usage = quantities(total(usages.map(({ cpuNanocores }) => cpuNanocores)), total(usages.map(({ memoryBytes }) => memoryBytes)));
  return { metadata: metadata(of, nowMs), ...timeOf(usages, nowMs), usage };
}
