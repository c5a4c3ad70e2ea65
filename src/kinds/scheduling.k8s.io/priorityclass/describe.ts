import type { PriorityClass } from '../../../api/generated/scheduling.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeText, field } from '../../describing/writer';
import { formatLabels } from '../../printing';

export const priorityClassDescribe: Describe<PriorityClass> = {
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  related: (priorityClass) => [eventQuery(priorityClass, 'PriorityClass')],
  render: ({ metadata, value, globalDefault, preemptionPolicy, description }, { events }, { nowMs }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    field(write, 'Value', value ?? 0);
    field(write, 'GlobalDefault', globalDefault ?? false);
    field(write, 'PreemptionPolicy', preemptionPolicy);
    field(write, 'Description', description);
    field(write, 'Annotations', formatLabels(metadata.annotations));
    describeEvents(write, events, nowMs);
  }),
};
