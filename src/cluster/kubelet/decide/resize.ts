import type { Container as ContainerSpec, Pod } from '../../../api/generated/core.v1';
import type { Amounts } from '../../../kinds/pod-requests';
import type { Container, ContainerResources } from '../../../runtime/port';
import { containerResources } from '../spec/resources';
import { outOfResource, type Demand, type Taken } from './admission';
import type { Action, PendingResize, PodView } from './view';

export type Resize = Extract<Action, { do: 'resizeContainer' }>;

type Resource = 'cpu' | 'memory';

/** Less is not told apart by engines. */
const leastCpuRequestMillis = 2;
const leastCpuLimitMillis = 10;

const atLeast = (least: number, millis: number | undefined) => (millis === undefined ? undefined : Math.max(least, millis));

/** What a running container has in another amount than its spec asks for. */
export function changedResources(spec: ContainerSpec, { resources: has }: Container): Resource[] {
  if (!has) return [];
  const wanted = containerResources(spec);
  const request = ({ cpuRequestMillis = 0 }: ContainerResources) => atLeast(leastCpuRequestMillis, cpuRequestMillis);
  const limit = ({ cpuLimitMillis }: ContainerResources) => atLeast(leastCpuLimitMillis, cpuLimitMillis || undefined);
  const isCpuChanged = request(wanted) !== request(has) || limit(wanted) !== limit(has);
  const isMemoryChanged = (wanted.memoryLimitBytes || undefined) !== (has.memoryLimitBytes || undefined);
  return [...(isCpuChanged ? ['cpu' as const] : []), ...(isMemoryChanged ? ['memory' as const] : [])];
}

/** The spec of the container says which changes it does not take while it runs. */
export function resizeRestarts(view: PodView, spec: ContainerSpec, instance: Container): boolean {
  if (view.pendingResize) return false;
  return changedResources(spec, instance).some((name) => spec.resizePolicy?.some(({ resourceName, restartPolicy }) => resourceName === name && restartPolicy === 'RestartContainer'));
}

export function resizeSteps(view: PodView, spec: ContainerSpec, instance: Container): Resize[] {
  if (view.pendingResize || changedResources(spec, instance).length === 0) return [];
  return [{ do: 'resizeContainer', key: `resize ${instance.id}`, container: spec.name, id: instance.id }];
}

/** The pod as its node has taken it: with the amounts that its status says it was given. */
export function asAllocated(pod: Pod): Pod {
  const given = new Map([...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].map((status) => [status.name, status]));
  const withGiven = (container: ContainerSpec): ContainerSpec => {
    const { allocatedResources: requests, resources } = given.get(container.name) ?? {};
    if (!requests) return container;
    const limits = resources?.limits ?? container.resources?.limits;
    return { ...container, resources: { ...container.resources, ...(limits && { limits }), requests: { ...container.resources?.requests, ...requests } } };
  };
  const { containers, initContainers } = pod.spec;
  return { ...pod, spec: { ...pod.spec, containers: containers.map(withGiven), ...(initContainers && { initContainers: initContainers.map(withGiven) }) } };
}

/** Whether the node can give a pod that it has what it asks for now, beside its others. After canResizePod of pkg/kubelet. */
export function resizeVerdict(wanted: Demand, given: Demand, others: Taken, allocatable: Amounts): PendingResize | undefined {
  const grown = (['cpu', 'memory'] as const).filter((name) => (wanted.requests[name] ?? 0) > (given.requests[name] ?? 0));
  const tooMuch = [...grown].reverse().find((name) => (wanted.requests[name] ?? 0) > (allocatable[name] ?? 0));
  if (tooMuch) {
    return { reason: 'Infeasible', message: `Node didn't have enough capacity: ${tooMuch}, requested: ${wanted.requests[tooMuch]}, capacity: ${allocatable[tooMuch] ?? 0}` };
  }
  for (const name of grown) {
    const message = outOfResource(name, wanted.requests, others, allocatable);
    if (message) return { reason: 'Deferred', message };
  }
  return undefined;
}
