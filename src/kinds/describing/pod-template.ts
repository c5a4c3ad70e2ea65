import type { PodTemplateSpec } from '../../api/generated/core.v1';
import { describeContainers } from './containers';
import { describeAnnotations, describeLabels } from './labels';
import { describeSpreads, describeTolerations } from './scheduling';
import { describeVolumes } from './volumes';
import { fieldIfSet, type Write } from './writer';

export function describePodTemplate(write: Write, { metadata, spec = { containers: [] } }: PodTemplateSpec): void {
  write(0, 'Pod Template:\n');
  describeLabels(write, '  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) describeAnnotations(write, '  Annotations', metadata?.annotations);
  fieldIfSet(write, 'Service Account', spec.serviceAccountName, 1);
  if (spec.initContainers?.length) describeContainers(write, 'Init Containers', spec.initContainers);
  describeContainers(write, 'Containers', spec.containers ?? []);
  describeVolumes(write, spec.volumes, '  ');
  describeSpreads(write, spec.topologySpreadConstraints, '  ');
  fieldIfSet(write, 'Priority Class Name', spec.priorityClassName, 1);
  describeLabels(write, '  Node-Selectors', spec.nodeSelector);
  describeTolerations(write, '  Tolerations', spec.tolerations);
}
