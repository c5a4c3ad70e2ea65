import type { Endpoint, EndpointSlice } from '../../../api/generated/discovery.v1';

/** An address behind a port of a Service. */
export interface Backend {
  readonly address: string;
  readonly port: number;
  /** Runs on the node in question. */
  readonly local: boolean;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** The node that it runs on, where that is known. */
  readonly nodeName?: string;
}

/**
 * The backends of one port over all slices of its Service, each address once (an endpoint may be in two slices while
 * it moves between them), in the order of their addresses.
 */
export function endpointsOf(slices: readonly EndpointSlice[], portName: string, nodeName?: string): Backend[] {
  const found = new Map<string, Backend>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    const port = slice.ports?.find(({ name }) => (name ?? '') === portName)?.port;
    if (!port) continue;
    for (const endpoint of slice.endpoints ?? []) add(found, endpoint, port, nodeName);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, backend]) => backend);
}

function add(found: Map<string, Backend>, endpoint: Endpoint, port: number, nodeName: string | undefined): void {
  const { ready, serving, terminating } = conditionsOf(endpoint);
  // All addresses of an endpoint are the same backend; the first one is used, as by kube-proxy.
  const address = endpoint.addresses[0];
  if (!address) return;
  const key = `${address}:${port}`;
  if (found.get(key)?.ready) return;
  found.set(key, {
    address, port, ready, serving, terminating,
    local: endpoint.nodeName !== undefined && endpoint.nodeName === nodeName,
    ...(endpoint.nodeName && { nodeName: endpoint.nodeName }),
  });
}

/** Unknown counts as ready; serving defaults to ready (k8s.io/api/discovery/v1 EndpointConditions). */
export function conditionsOf({ conditions }: Endpoint): { ready: boolean; serving: boolean; terminating: boolean } {
  const ready = conditions?.ready ?? true;
  return { ready, serving: conditions?.serving ?? ready, terminating: conditions?.terminating ?? false };
}
