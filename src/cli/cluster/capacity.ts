import { canonicalQuantity, isZeroQuantity, parseQuantity } from '../../api/quantity';
import type { Capacity } from '../../client/machine';

/** Of the flags that say how large a node is; undefined when none is given. Throws for what is no amount. */
export function readCapacity({ cpus, memory, pods }: { cpus: string; memory: string; pods?: number }): Capacity | undefined {
  const capacity = {
    ...(cpus && { cpu: amount('cpus', cpus) }), ...(memory && { memory: amount('memory', memory) }), ...(pods && { pods: String(pods) }),
  };
  return Object.keys(capacity).length > 0 ? capacity : undefined;
}

function amount(flag: string, text: string): string {
  try {
    const quantity = parseQuantity(text);
    if (quantity.unscaled > 0n && !isZeroQuantity(quantity)) return canonicalQuantity(text);
  } catch {
    // Said below.
  }
  throw new Error(`--${flag} "${text}" is no amount: write 2, 500m or 4Gi`);
}
