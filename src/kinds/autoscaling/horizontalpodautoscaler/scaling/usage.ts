import type { Container, Pod } from '../../../../api/generated/core.v1';
import { parseQuantity, toMilli } from '../../../../api/quantity';
import { podCondition } from '../../../pod-state';

/** What one pod was measured to use: thousandths of the resource's unit, by container. */
export interface PodUsage {
  readonly timestampMs: number;
  readonly windowMs: number;
  readonly containers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** By pod name. */
export type Usage = ReadonlyMap<string, PodUsage>;

/** How pods count: those that are starting and those that were not measured need care. */
export interface Grouped {
  readonly ready: number;
  readonly unready: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
}

const cpuInitializationMs = 300_000;
const initialReadinessMs = 30_000;

/** After groupPods. */
export function groupPods(pods: readonly Pod[], usage: ReadonlyMap<string, unknown>, measuredAt: (name: string) => PodUsage | undefined, resource: string, nowMs: number): Grouped {
  const unready = new Set<string>();
  const missing = new Set<string>();
  const ignored = new Set<string>();
  let ready = 0;
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp || pod.status?.phase === 'Failed') ignored.add(name);
    else if (pod.status?.phase === 'Pending') unready.add(name);
    else if (!usage.has(name)) missing.add(name);
    else if (resource === 'cpu' && isStarting(pod, measuredAt(name)!, nowMs)) unready.add(name);
    else ready += 1;
  }
  return { ready, unready, missing, ignored };
}

/** What a pod uses while it starts says little of what it will use. */
function isStarting(pod: Pod, { timestampMs, windowMs }: PodUsage, nowMs: number): boolean {
  const condition = podCondition(pod, 'Ready');
  const startedMs = Date.parse(pod.status?.startTime ?? '');
  if (!condition || Number.isNaN(startedMs)) return true;
  const changedMs = Date.parse(condition.lastTransitionTime ?? '');
  if (startedMs + cpuInitializationMs > nowMs) return condition.status === 'False' || timestampMs < changedMs + windowMs;
  return condition.status === 'False' && startedMs + initialReadinessMs > changedMs;
}

/** Of each measured pod the sum over its containers, or that of one container. */
export function usageOf(usage: Usage, resource: string, container: string | undefined): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [pod, { containers }] of usage) {
    const amounts = Object.entries(containers).filter(([name]) => container === undefined || name === container).map(([, amount]) => amount[resource]);
    if (amounts.length > 0 && !amounts.includes(undefined)) sums.set(pod, amounts.reduce<number>((sum, amount) => sum + amount!, 0));
  }
  return sums;
}

/** What each pod asks for. Throws, naming it, for a container that asks for nothing. After calculatePodRequests. */
export function requestsOf(pods: readonly Pod[], resource: string, container: string | undefined): Map<string, number> {
  return new Map(pods.map((pod) => [pod.metadata.name, containersOf(pod).filter(({ name }) => container === undefined || name === container)
    .reduce((sum, each) => sum + requestOf(each, resource, pod), 0)]));
}

const containersOf = ({ spec }: Pod): Container[] => [...(spec?.containers ?? []), ...(spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];

function requestOf({ name, resources }: Container, resource: string, pod: Pod): number {
  const request = resources?.requests?.[resource];
  if (request === undefined) throw new Error(`missing request for ${resource} in container ${name} of Pod ${pod.metadata.name}`);
  return toMilli(parseQuantity(request));
}
