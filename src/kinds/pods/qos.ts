import { addQuantity, compareQuantity, isZeroQuantity, parseQuantity, type Quantity } from '../../api/quantity';
import type { Container, PodSpec } from '../../api/generated/core.v1';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';
type Amounts = Map<string, Quantity>;

const counted = ['cpu', 'memory'];

function amountsOf(list: Record<string, string> | undefined): Amounts {
  const amounts: Amounts = new Map();
  for (const name of counted) {
    const text = list?.[name];
    const amount = text === undefined ? undefined : parseQuantity(text);
    if (amount && !isZeroQuantity(amount)) amounts.set(name, amount);
  }
  return amounts;
}

function total(lists: Amounts[]): Amounts {
  const sums: Amounts = new Map();
  for (const [name, amount] of lists.flatMap((list) => [...list])) {
    const before = sums.get(name);
    sums.set(name, before ? addQuantity(before, amount) : amount);
  }
  return sums;
}

const equal = (a: Amounts, b: Amounts) =>
  a.size === b.size && [...a].every(([name, amount]) => b.has(name) && compareQuantity(amount, b.get(name)!) === 0);

/** After ComputePodQOS in pkg/apis/core/helper/qos. */
export function qosClassOf(spec: PodSpec): QosClass {
  const containers: Container[] = [...spec.containers ?? [], ...spec.initContainers ?? []];
  const limitLists = containers.map(({ resources }) => amountsOf(resources?.limits));
  const requests = total(containers.map(({ resources }) => amountsOf(resources?.requests)));
  const limits = total(limitLists);
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const allLimited = limitLists.every((list) => list.size === counted.length);
  return allLimited && equal(requests, limits) ? 'Guaranteed' : 'Burstable';
}
