import type { Service } from '../../../api/generated/core.v1';
import type { Endpoint } from '../../../api/generated/discovery.v1';
import { conditionsOf } from '../rules/endpoints';
import type { NamesView } from './view';

/** An endpoint as the name server shows it. */
export interface NamedEndpoint {
  /** Its own hostname, or its address with dashes, as CoreDNS names those that have none. */
  readonly label: string;
  readonly address: string;
  readonly ports: readonly NamedPort[];
}

export interface NamedPort {
  readonly name: string;
  /** Lower-case. */
  readonly protocol: string;
  readonly port: number;
}

/** The ready IPv4 endpoints, each address once. */
export function namedEndpoints(service: Service, view: NamesView): NamedEndpoint[] {
  const found = new Map<string, NamedEndpoint>();
  for (const { addressType, endpoints, ports } of view.slicesOf(service)) {
    if (addressType !== 'IPv4') continue;
    // The lists of a slice are null where they are empty.
    const named = (ports ?? []).flatMap(({ name = '', protocol = 'TCP', port }) => (port ? [{ name, protocol: protocol.toLowerCase(), port }] : []));
    for (const endpoint of (endpoints ?? []).filter((one) => conditionsOf(one).ready)) {
      for (const address of endpoint.addresses) {
        const known = found.get(address);
        found.set(address, { label: endpointLabel(endpoint, address), address, ports: [...(known?.ports ?? []), ...named] });
      }
    }
  }
  return [...found.values()];
}

export const endpointLabel = ({ hostname }: Endpoint, address: string): string => hostname ?? address.replaceAll('.', '-');
