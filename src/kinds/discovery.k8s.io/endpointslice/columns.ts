import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Column } from '../../kind';
import { age, firstFew } from '../../printing';

function portsText({ ports }: EndpointSlice): string {
  return firstFew((ports ?? []).map(({ name, port }) => port === undefined ? name ?? '*' : String(port))) || '<unset>';
}

function addressesText({ endpoints }: EndpointSlice): string {
  return firstFew((endpoints ?? []).flatMap(({ addresses }) => addresses)) || '<unset>';
}

export const endpointSliceColumns: readonly Column<EndpointSlice>[] = [
  { name: 'AddressType', value: (slice) => slice.addressType },
  { name: 'Ports', value: portsText },
  { name: 'Endpoints', value: addressesText },
  age,
];
