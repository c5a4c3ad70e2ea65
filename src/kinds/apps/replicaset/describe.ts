import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { formatLabelSelector } from '../../../api/selectors';
import type { Describe } from '../../describe';
import { describeConditions } from '../../describing/conditions';
import { controlledPods, describeController, podsQuery, podsStatusText } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { describeText, field } from '../../describing/writer';

export const replicaSetDescribe: Describe<ReplicaSet> = {
  group: 'apps',
  kind: 'ReplicaSet',
  related: (set) => [podsQuery(set, set.spec.selector), eventQuery(set, 'ReplicaSet')],
  render: (set, related, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = set;
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Selector', formatLabelSelector(spec.selector));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeController(write, set);
    field(write, 'Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
    field(write, 'Pods Status', podsStatusText(set, related.list<Pod>(controlledPods)));
    describePodTemplate(write, spec.template ?? {});
    describeConditions(write, status?.conditions);
    describeEvents(write, related.events, nowMs);
  }),
};
