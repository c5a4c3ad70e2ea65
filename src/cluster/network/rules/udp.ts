import type { HostPortRules } from './host-port';
import type { ServicePortRules } from './service-port';

export interface UdpAddress {
  address: string;
  port: number;
}

/**
 * Where clients' UDP flows have to be forgotten: an endpoint went away, or the first one came. Connection tracking
 * would otherwise go on sending a busy client's packets where they went before.
 */
export function staleUdp(before: readonly ServicePortRules[], after: readonly ServicePortRules[], nodeAddress: string): UdpAddress[] {
  const later = new Map(after.map((port) => [port.name, port]));
  const earlier = new Set(before.map(({ name }) => name));
  const fresh = after.filter(({ name }) => !earlier.has(name));
  return [...before, ...fresh].filter(({ protocol }) => protocol === 'udp').flatMap((port) => {
    const is = later.get(port.name);
    const was = earlier.has(port.name) ? backendsOf(port) : [];
    const now = is ? backendsOf(is) : [];
    const stale = was.some((backend) => !now.includes(backend)) || (was.length === 0 && now.length > 0);
    return stale ? addressesOf(is ?? port, nodeAddress) : [];
  });
}

/** The same for ports of the node that lead to pods. */
export function staleHostPorts(before: readonly HostPortRules[], after: readonly HostPortRules[], nodeAddress: string): UdpAddress[] {
  const text = (port: HostPortRules) => JSON.stringify(port);
  const [was, is] = [new Set(before.map(text)), new Set(after.map(text))];
  return [...before.filter((port) => !is.has(text(port))), ...after.filter((port) => !was.has(text(port)))]
    .filter(({ protocol }) => protocol === 'udp').map(({ hostIP, port }) => ({ address: hostIP ?? nodeAddress, port }));
}

const backendsOf = ({ cluster }: ServicePortRules): string[] =>
  (typeof cluster === 'string' ? [] : cluster.to.map(({ address, port }) => `${address}:${port}`));

function addressesOf({ clusterIPs, externalIPs, port, nodePort }: ServicePortRules, nodeAddress: string): UdpAddress[] {
  const addresses = [...clusterIPs, ...externalIPs].map((address) => ({ address, port }));
  return nodePort ? [...addresses, { address: nodeAddress, port: nodePort }] : addresses;
}
