import type { EndpointAddress, Endpoints, EndpointSubset } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { describeText, field, type Write } from '../../describing/writer';
import { orNone } from '../../printing';

const addressesText = (addresses: readonly EndpointAddress[] | undefined) => orNone(addresses?.map(({ ip }) => ip).join(','));

function describeSubset(write: Write, { addresses, notReadyAddresses, ports }: EndpointSubset): void {
  field(write, 'Addresses', addressesText(addresses), 1);
  field(write, 'NotReadyAddresses', addressesText(notReadyAddresses), 1);
  if (ports?.length) {
    write(1, 'Ports:\n');
    write(2, 'Name\tPort\tProtocol\n');
    write(2, '----\t----\t--------\n');
    for (const { name, port, protocol = '' } of ports) write(2, `${name || '<unset>'}\t${port}\t${protocol}\n`);
  }
  write(0, '\n');
}

export const endpointsDescribe: Describe<Endpoints> = {
  group: '',
  kind: 'Endpoints',
  related: (endpoints) => [eventQuery(endpoints, 'Endpoints')],
  render: (endpoints, { events }, { nowMs }) => describeText((write) => {
    describeMeta(write, endpoints.metadata);
    write(0, 'Subsets:\n');
    for (const subset of endpoints.subsets ?? []) describeSubset(write, subset);
    describeEvents(write, events, nowMs);
  }),
};
