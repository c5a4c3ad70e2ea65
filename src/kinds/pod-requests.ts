import type { Container, Pod } from '../api/generated/core.v1';
import { parseQuantity, quantityValue, toMilli } from '../api/quantity';

/** Amounts by resource name: millicores of cpu, bytes of memory and ephemeral-storage, counts of others. */
export type Amounts = Readonly<Record<string, number>>;

const parsed = new Map<string, number>();

/** Quantities repeat: `100m` of cpu is parsed once. */
function amount(name: string, quantity: string | number): number {
  const key = `${name === 'cpu' ? 'm' : ''}${quantity}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const value = parseQuantity(String(quantity));
  const number = name === 'cpu' ? toMilli(value) : quantityValue(value);
  if (parsed.size < 10_000) parsed.set(key, number);
  return number;
}

export const amounts = (list: Readonly<Record<string, string | number>> | undefined): Amounts =>
  Object.fromEntries(Object.entries(list ?? {}).map(([name, quantity]) => [name, amount(name, quantity)]));

/** The field-wise sum. */
export function plus(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** The field-wise maximum. */
function most(a: Amounts, b: Amounts): Amounts {
  const larger: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) larger[name] = Math.max(larger[name] ?? 0, value);
  return larger;
}

/**
 * What a pod takes of its node: the containers and sidecars together, or the largest moment of its start (an init
 * container beside the sidecars started before it) if that is more, and the overhead. `missing` stands in for what
 * a container does not request. After k8s.io/kubernetes/pkg/api/v1/resource.PodRequests.
 */
export function podRequests(pod: Pod, missing: Amounts = {}): Amounts {
  const requestsOf = (container: Container): Amounts => ({ ...missing, ...amounts(container.resources?.requests) });
  let running: Amounts = {};
  for (const container of pod.spec?.containers ?? []) running = plus(running, requestsOf(container));
  let sidecars: Amounts = {};
  let starting: Amounts = {};
  for (const container of pod.spec?.initContainers ?? []) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') sidecars = plus(sidecars, requests);
    starting = most(starting, container.restartPolicy === 'Always' ? sidecars : plus(sidecars, requests));
  }
  return plus(most(plus(running, sidecars), starting), amounts(pod.spec?.overhead));
}
