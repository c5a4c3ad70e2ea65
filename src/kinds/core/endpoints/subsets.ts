import type { EndpointAddress, EndpointPort, EndpointSubset, Pod, Service } from '../../../api/generated/core.v1';
import { isReady } from '../../pod-state';
import { endpointHostname, hasEndpoint, isHeadless, isIPv6, podIPs, targetPort } from '../../service-backends';

interface Member {
  readonly address: EndpointAddress;
  readonly ready: boolean;
}

/** One port and all addresses that serve it. */
interface Serving {
  readonly port: EndpointPort | undefined;
  readonly members: Map<string, Member>;
}

/** Addresses beyond this are cut off, ready ones last. */
const addressesMax = 1000;

/** Subsets as compact as possible: ports that the same addresses serve share one. After RepackSubsets of pkg/api/v1/endpoints. */
export function subsetsOf(service: Service, backends: readonly Pod[]): EndpointSubset[] {
  const byAddresses = new Map<string, { ports: EndpointPort[]; members: Member[] }>();
  for (const { port, members } of servings(service, backends)) {
    const list = [...members.values()].sort(byAddress);
    const key = JSON.stringify(list.map(({ address, ready }) => [address.ip, address.targetRef?.uid, ready]));
    const subset = byAddresses.get(key) ?? { ports: [], members: list };
    if (port) subset.ports.push(port);
    byAddresses.set(key, subset);
  }
  return [...byAddresses.values()].map(({ ports, members }) => {
    const of = (ready: boolean) => members.filter((member) => member.ready === ready).map(({ address }) => address);
    return {
      ...(of(true).length > 0 && { addresses: of(true) }),
      ...(of(false).length > 0 && { notReadyAddresses: of(false) }),
      ...(ports.length > 0 && { ports }),
    };
  });
}

function servings(service: Service, backends: readonly Pod[]): Serving[] {
  const publishAll = Boolean(service.spec?.publishNotReadyAddresses);
  const found = new Map<string, Serving>();
  for (const pod of backends) {
    const address = hasEndpoint(pod, publishAll) ? addressOf(pod, service) : undefined;
    if (!address) continue;
    for (const port of portsOf(pod, service)) {
      const key = JSON.stringify(port ?? null);
      const serving = found.get(key) ?? { port, members: new Map<string, Member>() };
      found.set(key, serving);
      serving.members.set(`${address.ip} ${address.targetRef?.uid}`, { address, ready: publishAll || isReady(pod) });
    }
  }
  return [...found.values()];
}

/** A headless Service may have no ports: its addresses count all the same. */
function portsOf(pod: Pod, service: Service): (EndpointPort | undefined)[] {
  const ports = service.spec?.ports ?? [];
  if (ports.length === 0) return isHeadless(service) ? [undefined] : [];
  return ports.flatMap((servicePort) => {
    const port = targetPort(pod, servicePort);
    if (port === undefined) return [];
    const { name, protocol = 'TCP', appProtocol } = servicePort;
    return [{ ...(name && { name }), port, protocol, ...(appProtocol !== undefined && { appProtocol }) } as EndpointPort];
  });
}

function addressOf(pod: Pod, service: Service): EndpointAddress | undefined {
  const wantsIPv6 = service.spec?.ipFamilies?.[0] === 'IPv6';
  const ip = podIPs(pod).find((candidate) => isIPv6(candidate) === wantsIPv6);
  if (ip === undefined) return undefined;
  const { name, namespace, uid } = pod.metadata;
  const hostname = endpointHostname(pod, service);
  return {
    ip,
    ...(hostname !== undefined && { hostname }),
    ...(pod.spec?.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', ...(namespace && { namespace }), name, ...(uid && { uid }) },
  };
}

const byAddress = ({ address: a }: Member, { address: b }: Member) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0);

/** Undefined when all fit in. */
export function truncated(subsets: readonly EndpointSubset[]): EndpointSubset[] | undefined {
  const count = (of: 'addresses' | 'notReadyAddresses') => subsets.reduce((sum, subset) => sum + (subset[of]?.length ?? 0), 0);
  if (count('addresses') + count('notReadyAddresses') <= addressesMax) return undefined;
  let left = addressesMax;
  const take = (addresses: EndpointAddress[] | undefined) => {
    const taken = (addresses ?? []).slice(0, left);
    left -= taken.length;
    return taken;
  };
  const ready = subsets.map((subset) => take(subset.addresses));
  return subsets.map((subset, at) => {
    const notReady = take(subset.notReadyAddresses);
    return {
      ...(ready[at]!.length > 0 && { addresses: ready[at]! }), ...(notReady.length > 0 && { notReadyAddresses: notReady }),
      ...(subset.ports && { ports: subset.ports }),
    };
  });
}
