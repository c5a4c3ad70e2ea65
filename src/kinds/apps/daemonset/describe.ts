import type { DaemonSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { formatLabelSelector } from '../../../api/selectors';
import type { Describe } from '../../describe';
import { controlledPods, podsQuery, podsStatusText } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { describeText, field, type Write } from '../../describing/writer';
import { formatLabels } from '../../printing';

/** Not aligned with the rest, as kubectl has it. */
function describeCounts(write: Write, { status }: DaemonSet): void {
  const counts = [
    ['Desired Number of Nodes Scheduled', status?.desiredNumberScheduled],
    ['Current Number of Nodes Scheduled', status?.currentNumberScheduled],
    ['Number of Nodes Scheduled with Up-to-date Pods', status?.updatedNumberScheduled],
    ['Number of Nodes Scheduled with Available Pods', status?.numberAvailable],
    ['Number of Nodes Misscheduled', status?.numberMisscheduled],
  ] as const;
  for (const [label, count] of counts) write(0, `${label}: ${count ?? 0}\n`);
}

export const daemonSetDescribe: Describe<DaemonSet> = {
  group: 'apps',
  kind: 'DaemonSet',
  related: (set) => [podsQuery(set, set.spec.selector), eventQuery(set, 'DaemonSet')],
  render: (set, related, { nowMs }) => describeText((write) => {
    const { metadata, spec } = set;
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Selector', formatLabelSelector(spec.selector));
    field(write, 'Node-Selector', formatLabels(spec.template?.spec?.nodeSelector));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeCounts(write, set);
    field(write, 'Pods Status', podsStatusText(set, related.list<Pod>(controlledPods)));
    describePodTemplate(write, spec.template ?? {});
    describeEvents(write, related.events, nowMs);
  }),
};
