import type { Endpoints, EndpointSubset } from '../../../api/generated/core.v1';
import { firstFew, hostPort } from '../../printing';

function subsetAddresses({ addresses = [], ports = [] }: EndpointSubset): string[] {
  // A headless service may have no ports.
  if (ports.length === 0) return addresses.map(({ ip }) => ip);
  return ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port)));
}

/** `10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more...` */
export function formatEndpoints(endpoints: Endpoints): string {
  if (!endpoints.subsets?.length) return '<none>';
  return firstFew(endpoints.subsets.flatMap(subsetAddresses));
}
