import type { TopologySelectorTerm } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeTerm } from '../../describing/terms';
import { describeText, field, type Write } from '../../describing/writer';
import { formatLabels, optionalBool } from '../../printing';
import { isDefaultClass } from './default-class';

const termLines = ({ matchLabelExpressions }: TopologySelectorTerm) =>
  (matchLabelExpressions ?? []).map(({ key, values }) => `${key} in${values?.length ? ` [${values.join(', ')}]` : ''}`);

function describeTopologies(write: Write, { allowedTopologies }: StorageClass): void {
  if (!allowedTopologies) return;
  if (allowedTopologies.length === 0) return write(0, 'AllowedTopologies:\t<none>\n');
  write(0, 'AllowedTopologies:\t\n');
  allowedTopologies.forEach((term, i) => describeTerm(write, 1, `Term ${i}`, termLines(term)));
}

function describeMountOptions(write: Write, { mountOptions }: StorageClass): void {
  if (!mountOptions?.length) return write(0, 'MountOptions:\t<none>\n');
  write(0, 'MountOptions:\n');
  for (const option of mountOptions) write(1, `${option}\n`);
}

export const storageClassDescribe: Describe<StorageClass> = {
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  related: (storageClass) => [eventQuery(storageClass, 'StorageClass')],
  render: (storageClass, { events }, { nowMs }) => describeText((write) => {
    const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode } = storageClass;
    field(write, 'Name', metadata.name);
    field(write, 'IsDefaultClass', isDefaultClass(storageClass) ? 'Yes' : 'No');
    field(write, 'Annotations', formatLabels(metadata.annotations));
    field(write, 'Provisioner', provisioner);
    field(write, 'Parameters', formatLabels(parameters));
    field(write, 'AllowVolumeExpansion', optionalBool(storageClass.allowVolumeExpansion));
    describeMountOptions(write, storageClass);
    if (reclaimPolicy !== undefined) field(write, 'ReclaimPolicy', reclaimPolicy);
    if (volumeBindingMode !== undefined) field(write, 'VolumeBindingMode', volumeBindingMode);
    describeTopologies(write, storageClass);
    describeEvents(write, events, nowMs);
  }),
};
