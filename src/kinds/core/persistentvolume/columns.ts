import type { PersistentVolume } from '../../../api/generated/core.v1';
import { canonicalQuantity } from '../../../api/quantity';
import { accessModesText, volumeClass } from '../../claims';
import type { Column } from '../../kind';
import { age, wide } from '../../printing';

export const persistentVolumeColumns: readonly Column<PersistentVolume>[] = [
  { name: 'Capacity', value: ({ spec }) => canonicalQuantity(spec.capacity?.storage ?? '0') },
  { name: 'Access Modes', value: ({ spec }) => accessModesText(spec.accessModes) },
  { name: 'Reclaim Policy', value: ({ spec }) => spec.persistentVolumeReclaimPolicy ?? '' },
  { name: 'Status', value: ({ metadata, status }) => metadata.deletionTimestamp ? 'Terminating' : status?.phase ?? '' },
  { name: 'Claim', value: ({ spec: { claimRef } }) => claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '' },
  { name: 'StorageClass', value: volumeClass },
  { name: 'VolumeAttributesClass', value: ({ spec }) => spec.volumeAttributesClassName ?? '<unset>' },
  { name: 'Reason', value: ({ status }) => status?.reason ?? '' },
  age,
  wide('VolumeMode', ({ spec }) => spec.volumeMode ?? '<unset>'),
];
