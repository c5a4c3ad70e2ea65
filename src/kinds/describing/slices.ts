import type { EndpointSlice } from '../../api/generated/discovery.v1';
import { firstFew, hostPort } from '../printing';

/** Ready endpoints on the port of that name; on none where a headless service has no ports. */
function sliceAddresses({ ports, endpoints }: EndpointSlice, portName: string): string[] {
  const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready ?? true).map(({ addresses }) => addresses[0] ?? '');
  if (!ports?.length) return ready;
  return ports.filter(({ name = '' }) => name === portName).flatMap(({ port }) => ready.map((address) => hostPort(address, port ?? 0)));
}

/** What stands behind a port of a service: the first few addresses. */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  return slices.length === 0 ? '<none>' : firstFew(slices.flatMap((slice) => sliceAddresses(slice, portName)));
}
