import { addQuantity, compareQuantity, isZeroQuantity, parseQuantity, type Quantity } from '../../api/quantity';
import type { Container, ContainerStatus, Pod, PodSpec } from '../../api/generated/core.v1';

export type Amounts = ReadonlyMap<string, Quantity>;
type ResourceList = Record<string, string> | undefined;

export const amountsOf = (list: ResourceList): Amounts => new Map(Object.entries(list ?? {}).map(([name, text]) => [name, parseQuantity(text)]));

function merge(lists: readonly Amounts[], combine: (a: Quantity, b: Quantity) => Quantity): Amounts {
  const merged = new Map<string, Quantity>();
  for (const [name, amount] of lists.flatMap((list) => [...list])) {
    const before = merged.get(name);
    merged.set(name, before ? combine(before, amount) : amount);
  }
  return merged;
}

export const addAmounts = (...lists: readonly Amounts[]): Amounts => merge(lists, addQuantity);
const maxAmounts = (...lists: readonly Amounts[]): Amounts => merge(lists, (a, b) => compareQuantity(a, b) >= 0 ? a : b);

/**
 * Init containers run one by one beside the sidecars started before them; the others run all at once. What the pod
 * needs is the greater of the two.
 */
function aggregate({ containers, initContainers = [] }: PodSpec, of: (container: Container) => Amounts): Amounts {
  const running = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(of);
  let sidecars: Amounts = new Map();
  const steps = initContainers.map((container) => {
    const sum = addAmounts(sidecars, of(container));
    if (container.restartPolicy === 'Always') sidecars = sum;
    return sum;
  });
  return maxAmounts(addAmounts(...containers.map(of), ...running), ...steps);
}

/** What the containers of a pod ask for together, and what they may use, without any overhead. */
export const specRequests = (spec: PodSpec): Amounts => aggregate(spec, ({ resources }) => amountsOf(resources?.requests));
export const specLimits = (spec: PodSpec): Amounts => aggregate(spec, ({ resources }) => amountsOf(resources?.limits));

/** A pod that is being resized holds what it has got as well as what it asks for. */
function requestsOf(container: Container, status: ContainerStatus | undefined): Amounts {
  const asked = amountsOf(container.resources?.requests);
  return status?.resources ? maxAmounts(asked, amountsOf(status.resources.requests), amountsOf(status.allocatedResources)) : asked;
}

/** What a pod asks for as a whole, its overhead included. After PodRequestsAndLimits of kubectl. */
export function podRequests({ spec, status }: Pod): Amounts {
  const statuses = new Map([...status?.containerStatuses ?? [], ...status?.initContainerStatuses ?? []].map((one) => [one.name, one]));
  return addAmounts(aggregate(spec, (container) => requestsOf(container, statuses.get(container.name))), amountsOf(spec.overhead));
}

/** What a pod may use as a whole. Overhead counts only where there is a limit. */
export function podLimits({ spec }: Pod): Amounts {
  const limits = specLimits(spec);
  const overhead = [...amountsOf(spec.overhead)].filter(([name]) => limits.has(name) && !isZeroQuantity(limits.get(name)!));
  return addAmounts(limits, new Map(overhead));
}
