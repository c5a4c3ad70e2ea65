import { translateTimestampSince } from '../../api/duration';
import { canonicalQuantity } from '../../api/quantity';
import type { PersistentVolumeClaim } from '../../api/generated/core.v1';
import { accessModesText, claimClass } from '../claims';
import { describeAnnotations, describeLabels } from './labels';
import { field, type Write } from './writer';

/** A claim, or with `nowMs` undefined the template of one, which has neither name nor status. */
export function describeClaim(write: Write, claim: PersistentVolumeClaim, nowMs: number | undefined): void {
  const { metadata, spec, status } = claim;
  const full = nowMs !== undefined;
  if (full) {
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
  }
  field(write, 'StorageClass', claimClass(claim));
  if (full) field(write, 'Status', metadata.deletionTimestamp ? `Terminating (lasts ${translateTimestampSince(metadata.deletionTimestamp, nowMs)})` : status?.phase);
  field(write, 'Volume', spec.volumeName);
  describeLabels(write, 'Labels', metadata.labels);
  describeAnnotations(write, 'Annotations', metadata.annotations);
  if (full) field(write, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  field(write, 'Capacity', spec.volumeName ? canonicalQuantity(status?.capacity?.storage ?? '0') : '');
  field(write, 'Access Modes', spec.volumeName ? accessModesText(status?.accessModes) : '');
  if (spec.volumeMode !== undefined) field(write, 'VolumeMode', spec.volumeMode);
  if (!spec.dataSource) return;
  write(0, 'DataSource:\n');
  if (typeof spec.dataSource.apiGroup === 'string') field(write, 'APIGroup', spec.dataSource.apiGroup, 1);
  field(write, 'Kind', spec.dataSource.kind, 1);
  field(write, 'Name', spec.dataSource.name, 1);
}
