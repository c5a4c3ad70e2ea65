import type { Container } from '../../../api/generated/core.v1';
import { parseQuantity, quantityValue, toMilli } from '../../../api/quantity';
import type { ContainerResources } from '../../../runtime/port';

export function containerResources({ resources = {} }: Container): ContainerResources {
  const { requests = {}, limits = {} } = resources;
  // Engines take whole numbers: less than a thousandth is rounded up, as Quantity.MilliValue does.
  const milli = (text: string | undefined) => (text === undefined ? undefined : Math.ceil(toMilli(parseQuantity(text))));
  const bytes = (text: string | undefined) => (text === undefined ? undefined : quantityValue(parseQuantity(text)));
  return {
    cpuRequestMillis: milli(requests['cpu'] ?? limits['cpu']),
    cpuLimitMillis: milli(limits['cpu']),
    memoryRequestBytes: bytes(requests['memory'] ?? limits['memory']),
    memoryLimitBytes: bytes(limits['memory']),
  };
}
