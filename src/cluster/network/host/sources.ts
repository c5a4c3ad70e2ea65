import { cidrContains, parseCIDR, parseIP } from '../../../api/validation';
import type { HostPort } from './plan';

/** spec.loadBalancerSourceRanges, for a client at this address. */
export function isWelcome({ sources }: Pick<HostPort, 'sources'>, client: string): boolean {
  const address = parseIP(client);
  return !sources || (address !== undefined && sources.some((text) => {
    const block = parseCIDR(text.trim());
    return block !== undefined && cidrContains(block, address);
  }));
}
