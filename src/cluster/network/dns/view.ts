import type { Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Index } from '../../../client/informer';
import { clusterIPsOf, serviceOfSlice } from '../rules/service-port';
import type { ClusterState } from '../state';

/** What answers are made from. */
export interface NamesView {
  hasNamespace(name: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  serviceAt(clusterIP: string): Service | undefined;
  slicesOf(service: Service): readonly EndpointSlice[];
  slicesWith(address: string): readonly EndpointSlice[];
}

const byService: Index<EndpointSlice> = { name: 'service', values: (slice) => [serviceOfSlice(slice) ?? ''] };
const byAddress: Index<EndpointSlice> = { name: 'address', values: ({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses) };
const byClusterIP: Index<Service> = { name: 'clusterIP', values: clusterIPsOf };

export function namesView({ services, endpointSlices, namespaces }: ClusterState): NamesView {
  return {
    hasNamespace: (name) => namespaces.get(name) !== undefined,
    service: (namespace, name) => services.get(name, namespace),
    serviceAt: (clusterIP) => services.find(byClusterIP, clusterIP)[0],
    slicesOf: ({ metadata }) => endpointSlices.find(byService, `${metadata.namespace}/${metadata.name}`),
    slicesWith: (address) => endpointSlices.find(byAddress, address),
  };
}
