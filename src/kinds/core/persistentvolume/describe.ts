import type { NodeSelectorTerm, PersistentVolume, PersistentVolumeSource, PersistentVolumeSpec } from '../../../api/generated/core.v1';
import { translateTimestampSince } from '../../../api/duration';
import { canonicalQuantity } from '../../../api/quantity';
import { accessModesText, volumeClass } from '../../claims';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { persistentVolumes } from '../../describing/persistent-volumes';
import { describeTerm } from '../../describing/terms';
import { describeSource } from '../../describing/volume-text';
import { describeText, field, type Write } from '../../describing/writer';

const termLines = ({ matchExpressions }: NodeSelectorTerm) => (matchExpressions ?? []).map(({ key, operator, values }) =>
  `${key} ${operator.toLowerCase()}${values?.length ? ` [${values.join(', ')}]` : ''}`);

function describeNodeAffinity(write: Write, { nodeAffinity }: PersistentVolumeSpec): void {
  const terms = nodeAffinity?.required;
  if (!terms) return write(0, 'Node Affinity:\t<none>\n');
  write(0, 'Node Affinity:\t\n');
  if (!terms.nodeSelectorTerms?.length) return write(1, 'Required Terms:\t<none>\n');
  write(1, 'Required Terms:\t\n');
  terms.nodeSelectorTerms.forEach((term, i) => describeTerm(write, 2, `Term ${i}`, termLines(term)));
}

function describeSpec(write: Write, { spec, status }: PersistentVolume): void {
  const { claimRef } = spec;
  field(write, 'Claim', claimRef && `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`);
  field(write, 'Reclaim Policy', spec.persistentVolumeReclaimPolicy);
  field(write, 'Access Modes', accessModesText(spec.accessModes));
  if (spec.volumeMode !== undefined) field(write, 'VolumeMode', spec.volumeMode);
  field(write, 'Capacity', canonicalQuantity(spec.capacity?.storage ?? '0'));
  describeNodeAffinity(write, spec);
  field(write, 'Message', status?.message);
  write(0, 'Source:\n');
  describeSource(write, spec as PersistentVolumeSource, persistentVolumes);
}

export const persistentVolumeDescribe: Describe<PersistentVolume> = {
  group: '',
  kind: 'PersistentVolume',
  related: (volume) => [eventQuery(volume, 'PersistentVolume')],
  render: (volume, { events }, { nowMs }) => describeText((write) => {
    const { metadata, status } = volume;
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
    field(write, 'StorageClass', volumeClass(volume));
    field(write, 'Status', metadata.deletionTimestamp ? `Terminating (lasts ${translateTimestampSince(metadata.deletionTimestamp, nowMs)})` : status?.phase);
    describeSpec(write, volume);
    describeEvents(write, events, nowMs);
  }),
};
