import type { Pod } from '../../../api/generated/core.v1';
import { isZeroQuantity, parseQuantity, compareQuantity } from '../../../api/quantity';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** Only cpu and memory count. After pkg/apis/core/v1/helper/qos. */
export function qosClass({ spec }: Pod): QosClass {
  const resources = [...(spec.initContainers ?? []), ...spec.containers].map((container) => container.resources ?? {});
  const asked = resources.some(({ requests, limits }) => [requests, limits].some((list) => kinds.some((kind) => isSet(list?.[kind]))));
  if (!asked) return 'BestEffort';
  const isFixed = resources.every(({ requests, limits }) => kinds.every((kind) => isSet(limits?.[kind]) && isEqual(requests?.[kind] ?? limits![kind]!, limits![kind]!)));
  return isFixed ? 'Guaranteed' : 'Burstable';
}

const kinds = ['cpu', 'memory'] as const;
const isSet = (text: string | undefined) => text !== undefined && !isZeroQuantity(parseQuantity(text));
const isEqual = (a: string, b: string) => compareQuantity(parseQuantity(a), parseQuantity(b)) === 0;
