import type { ServiceCIDR } from '../../../api/generated/networking.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';

function describeConditions(write: Write, { status }: ServiceCIDR): void {
  if (!status?.conditions?.length) return;
  write(0, 'Status:\n');
  write(0, 'Conditions:\n');
  write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
  write(1, '----\t------\t------------------\t------\t-------\n');
  for (const { type, status: value, lastTransitionTime, reason, message } of status.conditions) {
    write(1, `${[type, value, dateText(lastTransitionTime), reason, message].join('\t')}\n`);
  }
}

export const serviceCIDRDescribe: Describe<ServiceCIDR> = {
  group: 'networking.k8s.io',
  kind: 'ServiceCIDR',
  related: (serviceCIDR) => [eventQuery(serviceCIDR, 'ServiceCIDR')],
  render: (serviceCIDR, { events }, { nowMs }) => describeText((write) => {
    const { metadata, spec } = serviceCIDR;
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'CIDRs', (spec?.cidrs ?? []).join(', '));
    describeConditions(write, serviceCIDR);
    describeEvents(write, events, nowMs);
  }),
};
