import type { Pod, ReplicationController } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeConditions } from '../../describing/conditions';
import { controlledPods, podsQuery, podsStatusText } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { describeText, field } from '../../describing/writer';
import { formatLabels } from '../../printing';

export const replicationControllerDescribe: Describe<ReplicationController> = {
  group: '',
  kind: 'ReplicationController',
  related: (controller) => [
    podsQuery(controller, { matchLabels: controller.spec.selector ?? {} }), eventQuery(controller, 'ReplicationController'),
  ],
  render: (controller, related, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = controller;
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Selector', formatLabels(spec.selector));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
    field(write, 'Pods Status', podsStatusText(controller, related.list<Pod>(controlledPods)));
    describePodTemplate(write, spec.template ?? {});
    describeConditions(write, status?.conditions);
    describeEvents(write, related.events, nowMs);
  }),
};
