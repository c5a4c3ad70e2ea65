import type { PodDisruptionBudget } from '../../../api/generated/policy.v1';
import { formatLabelSelector } from '../../../api/selectors';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeText, field } from '../../describing/writer';

export const podDisruptionBudgetDescribe: Describe<PodDisruptionBudget> = {
  group: 'policy',
  kind: 'PodDisruptionBudget',
  related: (budget) => [eventQuery(budget, 'PodDisruptionBudget')],
  render: ({ metadata, spec, status }, { events }, { nowMs }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    if (spec?.minAvailable !== undefined) field(write, 'Min available', spec.minAvailable);
    else if (spec?.maxUnavailable !== undefined) field(write, 'Max unavailable', spec.maxUnavailable);
    field(write, 'Selector', spec?.selector ? formatLabelSelector(spec.selector) : '<unset>');
    write(0, 'Status:\n');
    field(write, 'Allowed disruptions', status?.disruptionsAllowed ?? 0, 2);
    field(write, 'Current', status?.currentHealthy ?? 0, 2);
    field(write, 'Desired', status?.desiredHealthy ?? 0, 2);
    field(write, 'Total', status?.expectedPods ?? 0, 2);
    describeEvents(write, events, nowMs);
  }),
};
