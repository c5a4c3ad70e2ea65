import type { IPAddress } from '../../../api/generated/networking.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeText, field } from '../../describing/writer';

export const ipAddressDescribe: Describe<IPAddress> = {
  group: 'networking.k8s.io',
  kind: 'IPAddress',
  related: (address) => [eventQuery(address, 'IPAddress')],
  render: ({ metadata, spec }, { events }, { nowMs }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    if (spec?.parentRef) {
      write(0, 'Parent Reference:\n');
      field(write, 'Group', spec.parentRef.group, 1);
      field(write, 'Resource', spec.parentRef.resource, 1);
      field(write, 'Namespace', spec.parentRef.namespace, 1);
      field(write, 'Name', spec.parentRef.name, 1);
    }
    describeEvents(write, events, nowMs);
  }),
};
