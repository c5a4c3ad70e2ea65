import type { Endpoint, EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { describeText, field, type Write } from '../../describing/writer';
import { orNone } from '../../printing';

function describePorts(write: Write, { ports }: EndpointSlice): void {
  if (!ports?.length) return write(0, 'Ports: <unset>\n');
  write(0, 'Ports:\n');
  write(1, 'Name\tPort\tProtocol\n');
  write(1, '----\t----\t--------\n');
  for (const { name, port, protocol = '' } of ports) write(1, `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol}\n`);
}

function describeEndpoint(write: Write, { addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint): void {
  field(write, '- Addresses', orNone(addresses.join(', ')), 1);
  write(2, 'Conditions:\n');
  field(write, 'Ready', conditions?.ready ?? '<unset>', 3);
  field(write, 'Hostname', hostname ?? '<unset>', 2);
  if (targetRef) field(write, 'TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`, 2);
  field(write, 'NodeName', nodeName ?? '<unset>', 2);
  field(write, 'Zone', zone ?? '<unset>', 2);
}

export const endpointSliceDescribe: Describe<EndpointSlice> = {
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  related: (slice) => [eventQuery(slice, 'EndpointSlice')],
  render: (slice, { events }, { nowMs }) => describeText((write) => {
    describeMeta(write, slice.metadata);
    field(write, 'AddressType', slice.addressType);
    describePorts(write, slice);
    write(0, slice.endpoints?.length ? 'Endpoints:\n' : 'Endpoints: <none>\n');
    for (const endpoint of slice.endpoints ?? []) describeEndpoint(write, endpoint);
    describeEvents(write, events, nowMs);
  }),
};
