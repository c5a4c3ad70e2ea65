import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age, wide } from '../../printing';
import { accessModesText, claimClass } from '../../claims';

export const persistentVolumeClaimColumns: readonly Column<PersistentVolumeClaim>[] = [
  { name: 'Status', value: ({ metadata, status }) => metadata.deletionTimestamp ? 'Terminating' : status?.phase ?? '' },
  { name: 'Volume', value: (claim) => claim.spec.volumeName ?? '' },
  { name: 'Capacity', value: ({ spec, status }) => spec.volumeName ? status?.capacity?.storage ?? '0' : '' },
  { name: 'Access Modes', value: ({ spec, status }) => spec.volumeName ? accessModesText(status?.accessModes) : '' },
  { name: 'StorageClass', value: claimClass },
  { name: 'VolumeAttributesClass', value: (claim) => claim.spec.volumeAttributesClassName ?? '<unset>' },
  age,
  wide('VolumeMode', (claim) => claim.spec.volumeMode ?? '<unset>'),
];
