import type { Endpoint as LegacyEndpoint, EndpointSlice as LegacySlice } from '../../api/generated/discovery.v1beta1';
import type { Endpoint, EndpointSlice } from '../../api/generated/discovery.v1';
import type { KubeObject } from '../../api/meta';
import type { Conversion } from '../kind';

const zoneLabel = 'topology.kubernetes.io/zone';
const hostLabel = 'kubernetes.io/hostname';

/** One map had what became the fields zone and nodeName. */
function endpoint({ topology, ...rest }: LegacyEndpoint): Endpoint {
  if (!topology) return rest as Endpoint;
  const { [zoneLabel]: zone, [hostLabel]: host, ...others } = topology;
  // A host that is not the node's name was possible, and is kept.
  const kept = { ...others, ...(host !== undefined && host !== rest.nodeName && { [hostLabel]: host }) };
  return { ...rest, ...(zone !== undefined && { zone }), ...(Object.keys(kept).length > 0 && { deprecatedTopology: kept }) } as Endpoint;
}

function legacyEndpoint({ deprecatedTopology, zone, ...rest }: Endpoint): LegacyEndpoint {
  const { nodeName } = rest;
  if (!deprecatedTopology && zone === undefined && nodeName === undefined) return rest as LegacyEndpoint;
  const topology: Record<string, string> = { ...deprecatedTopology, ...(zone !== undefined && { [zoneLabel]: zone }) };
  return { ...rest, topology: { ...topology, ...(nodeName !== undefined && !topology[hostLabel] && { [hostLabel]: nodeName }) } } as LegacyEndpoint;
}

/** After pkg/apis/discovery/v1beta1/conversion.go. */
export const endpointSliceConversion: Conversion = {
  fromStored(object) {
    const slice = object as EndpointSlice;
    return { ...slice, apiVersion: 'discovery.k8s.io/v1beta1', ...(slice.endpoints && { endpoints: slice.endpoints.map(legacyEndpoint) }) } as KubeObject;
  },
  toStored(object) {
    const slice = object as LegacySlice;
    return { ...slice, apiVersion: 'discovery.k8s.io/v1', ...(slice.endpoints && { endpoints: slice.endpoints.map(endpoint) }) } as KubeObject;
  },
};
