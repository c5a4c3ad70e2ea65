import { editDistance } from '../../../api/edit-distance';
import type { Pod, Service, ServicePort } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { labelSetMatcher } from '../../../api/selectors';
import { isFinished, isReady, podCondition } from '../../pod-state';
import { formatLabels } from '../../printing';
import { targetPort } from '../../service-backends';

/** What a Service's readiness depends on. */
export interface Backing {
  /** Those of the Service. */
  readonly slices: readonly EndpointSlice[];
  /** Of all namespaces; asked for only where nobody answers. */
  pods(): readonly Pod[];
}

/** Whether there is an endpoint that takes connections, if only one that ends but still serves. */
const serves = ({ endpoints }: EndpointSlice): boolean =>
  (endpoints ?? []).some(({ conditions }) => (conditions?.ready ?? true) || Boolean(conditions?.serving && conditions.terminating));

/**
 * Why nobody answers at a Service, or at one of its ports, in words for whoever made it; undefined where somebody
 * does, and for names of other places. Pure.
 */
export function whyUnready({ spec, metadata }: Service, { slices, pods }: Backing): string | undefined {
  if (spec.type === 'ExternalName') return undefined;
  const ownPods = () => pods().filter((pod) => pod.metadata.namespace === metadata.namespace);
  if (!slices.some(serves)) return `no ready endpoints: ${spec.selector ? whyNoPod(spec.selector, ownPods(), pods()) : 'it has no selector, and no EndpointSlice gives it addresses'}`;
  // Other ports may be served.
  const closed = (spec.ports ?? []).find(({ name = '' }) => !slices.some((slice) => serves(slice) && slice.ports?.some((port) => (port.name ?? '') === name)));
  if (!closed || (spec.clusterIP === 'None' && !spec.selector)) return undefined;
  return `no ready endpoints for port ${closed.name ?? closed.port}: ${whyNoPort(closed, spec.selector, ownPods())}`;
}

function whyNoPod(selector: Record<string, string>, own: readonly Pod[], all: readonly Pod[]): string {
  const matches = labelSetMatcher(selector);
  const selected = own.filter((pod) => matches(pod.metadata.labels));
  const matching = selected.filter((pod) => !isFinished(pod));
  const wanted = `selector ${formatLabels(selector)} matches`;
  if (matching.length === 0 && selected.length > 0) return `${wanted} no pod that runs: ${selected[0]!.metadata.name} ${stateOf(selected[0]!)}`;
  if (matching.length === 0) return `${wanted} no pod${closestHint(selector, own, all)}`;
  const [first, ...others] = matching;
  const told = `${first!.metadata.name} ${stateOf(first!)}`;
  if (others.length === 0) return `${wanted} one pod, which is not ready: ${told}`;
  return `${wanted} ${matching.length} pods, none of them ready: ${told}${others.length === 1 ? `, ${others[0]!.metadata.name} ${stateOf(others[0]!)}` : ' and so on'}`;
}

/** ` (closest: app=web)`: the same labels as the pods have them that come closest. */
function closestHint(selector: Record<string, string>, own: readonly Pod[], all: readonly Pod[]): string {
  const matches = labelSetMatcher(selector);
  const elsewhere = all.find((pod) => matches(pod.metadata.labels) && !own.includes(pod));
  const candidates = new Map(own.flatMap(({ metadata }) => {
    const labels = closestLabels(selector, metadata.labels ?? {});
    return labels ? [[formatLabels(labels.as), labels.distance] as const] : [];
  }));
  const closest = [...candidates].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1))[0];
  if (closest) return ` (closest: ${closest[0]})`;
  return elsewhere ? ` (but pods of namespace ${elsewhere.metadata.namespace})` : '';
}

/** How a pod's labels would have to be asked for, and how many letters that differs; undefined where they are about something else. */
function closestLabels(selector: Record<string, string>, labels: Record<string, string>): { as: Record<string, string>; distance: number } | undefined {
  const as: Record<string, string> = {};
  let distance = 0;
  for (const [key, value] of Object.entries(selector)) {
    const near = labels[key] === undefined ? Object.keys(labels).sort((a, b) => editDistance(a, key) - editDistance(b, key))[0] : key;
    if (near === undefined || !isNear(near, key)) return undefined;
    as[near] = labels[near]!;
    distance += editDistance(near, key) + editDistance(labels[near]!, value);
    if (near !== key && labels[near] !== value) return undefined;
  }
  return { as, distance };
}

/** A third of the letters may be wrong. */
const isNear = (a: string, b: string): boolean => editDistance(a, b) <= Math.max(2, Math.floor(Math.max(a.length, b.length) / 3));

/** `is Pending (Unschedulable)`, `is in CrashLoopBackOff`, `fails its readiness probe` */
function stateOf(pod: Pod): string {
  if (pod.metadata.deletionTimestamp) return 'is ending';
  const waiting = [...pod.status?.initContainerStatuses ?? [], ...pod.status?.containerStatuses ?? []].find(({ state }) => state?.waiting?.reason)?.state?.waiting?.reason;
  if (waiting) return `is in ${waiting}`;
  const unscheduled = podCondition(pod, 'PodScheduled');
  if (unscheduled?.status === 'False') return `is not on a node (${unscheduled.reason ?? 'Unscheduled'})`;
  if (pod.status?.phase !== 'Running') return `is ${pod.status?.phase ?? 'Pending'}`;
  return isReady(pod) ? 'is ready, but not listed yet' : 'runs, but is not ready';
}

function whyNoPort(port: ServicePort, selector: Record<string, string> | undefined, own: readonly Pod[]): string {
  if (!selector) return 'no EndpointSlice has a port of that name';
  const matches = labelSetMatcher(selector);
  const without = own.find((pod) => matches(pod.metadata.labels) && !isFinished(pod) && targetPort(pod, port) === undefined);
  if (!without) return 'the pods that have it are not ready';
  const { protocol = 'TCP' } = port;
  const names = (without.spec?.containers ?? []).flatMap(({ ports = [] }) => ports.filter((one) => (one.protocol ?? 'TCP') === protocol).flatMap(({ name }) => name ?? []));
  const closest = names.sort((a, b) => editDistance(a, String(port.targetPort)) - editDistance(b, String(port.targetPort)))[0];
  return `pod ${without.metadata.name} has no ${protocol} port named ${String(port.targetPort)}${closest ? ` (closest: ${closest})` : ''}`;
}
