import type { Service, ServicePort } from '../../../api/generated/core.v1';
import type { Endpoint, EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Store } from '../../store';

/** Where connections to a Service may go, and from which node. */
export interface Backend {
  /** Undefined for what runs on no node of this cluster. */
  readonly nodeName: string | undefined;
  readonly address: string;
  readonly port: number;
}

/** The ready endpoints behind a port of a Service. */
export function backendsOf(store: Store, { metadata: { name, namespace } }: Service, port: ServicePort): Backend[] {
  return store.list(`discovery.k8s.io/endpointslices/${namespace}/`).entries
    .map(({ object }) => object as unknown as EndpointSlice)
    .filter(({ metadata, addressType }) => metadata.labels?.['kubernetes.io/service-name'] === name && addressType !== 'FQDN')
    .flatMap((slice) => backendsIn(slice, port.name ?? ''));
}

function backendsIn({ endpoints, ports }: EndpointSlice, portName: string): Backend[] {
  const port = ports?.find(({ name }) => (name ?? '') === portName)?.port;
  if (!port) return [];
  return (endpoints ?? []).filter(isReady).map(({ nodeName, addresses }) => ({ nodeName, address: addresses[0]!, port }));
}

const isReady = ({ conditions }: Endpoint) => conditions?.ready !== false;
