import type { Node, Pod, Service } from '../../../api/generated/core.v1';
import type { Endpoint, EndpointPort } from '../../../api/generated/discovery.v1';
import { isReady } from '../../pod-state';
import { endpointHostname, hasEndpoint, isIPv6, podIPs, targetPort } from '../../service-backends';

export type AddressType = 'IPv4' | 'IPv6';

/** Endpoints that share their ports, and so a slice. */
export interface EndpointGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

export const portsKey = (ports: readonly EndpointPort[] | undefined): string =>
  JSON.stringify((ports ?? []).map(({ name, protocol, port, appProtocol }) => [name ?? '', protocol, port, appProtocol]).sort());

/** What identifies an endpoint from one state of a slice to the next. */
export const endpointKey = ({ addresses, hostname, targetRef }: Endpoint): string =>
  JSON.stringify([[...addresses].sort(), hostname, targetRef?.uid, targetRef?.name]);

export function addressTypes({ spec }: Service): AddressType[] {
  const families = (spec?.ipFamilies ?? []).filter((family): family is AddressType => family === 'IPv4' || family === 'IPv6');
  if (families.length > 0) return [...new Set(families)];
  const clusterIP = spec?.clusterIP ?? '';
  if (clusterIP && clusterIP !== 'None') return [isIPv6(clusterIP) ? 'IPv6' : 'IPv4'];
  return ['IPv4', 'IPv6'];
}

/** Groups by resolved ports. A pod on a node that is not known is left out, unless unready addresses are wanted, too. */
export function endpointGroups(
  service: Service, backends: readonly Pod[], type: AddressType, nodeOf: (name: string) => Node | undefined,
): Map<string, EndpointGroup> {
  const groups = new Map<string, EndpointGroup>();
  for (const pod of backends) {
    if (!hasEndpoint(pod, true)) continue;
    const node = nodeOf(pod.spec?.nodeName ?? '');
    if (!node && !service.spec?.publishNotReadyAddresses) continue;
    const ports = endpointPorts(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    const endpoint = toEndpoint(pod, node, service, type);
    if (endpoint.addresses.length > 0) group.endpoints.push(endpoint);
  }
  return groups;
}

function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec?.ports ?? []).flatMap((servicePort) => {
    const port = targetPort(pod, servicePort);
    if (port === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    return [{ name, protocol, port, ...(appProtocol !== undefined && { appProtocol }) } as EndpointPort];
  });
}

/** After podToEndpoint of k8s.io/endpointslice. */
function toEndpoint(pod: Pod, node: Node | undefined, service: Service, type: AddressType): Endpoint {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const hostname = endpointHostname(pod, service);
  const { name, namespace, uid } = pod.metadata;
  return {
    addresses: podIPs(pod).filter((ip) => isIPv6(ip) === (type === 'IPv6')),
    conditions: { ready: Boolean(service.spec?.publishNotReadyAddresses) || (serving && !terminating), serving, terminating },
    ...(hostname !== undefined && { hostname }),
    targetRef: { kind: 'Pod', ...(namespace && { namespace }), name, ...(uid && { uid }) },
    ...(pod.spec?.nodeName && { nodeName: pod.spec.nodeName }),
    ...(zone && { zone }),
  };
}
