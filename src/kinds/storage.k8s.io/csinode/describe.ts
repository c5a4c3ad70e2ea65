import type { CSINode } from '../../../api/generated/storage.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { dateText } from '../../describing/time';
import { describeText, field } from '../../describing/writer';

export const csiNodeDescribe: Describe<CSINode> = {
  group: 'storage.k8s.io',
  kind: 'CSINode',
  related: (node) => [eventQuery(node, 'CSINode')],
  render: ({ metadata, spec }, { events }, { nowMs }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
    write(0, 'Spec:\n');
    if (spec.drivers) write(1, 'Drivers:\n');
    for (const { name, nodeID, allocatable, topologyKeys } of spec.drivers ?? []) {
      write(2, `${name}:\n`);
      field(write, 'Node ID', nodeID, 3);
      if (allocatable?.count !== undefined) {
        write(3, 'Allocatables:\n');
        field(write, 'Count', allocatable.count, 4);
      }
      if (topologyKeys) field(write, 'Topology Keys', `[${topologyKeys.join(' ')}]`, 3);
    }
    describeEvents(write, events, nowMs);
  }),
};
