import type { StorageClass } from '../../../api/generated/storage.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';
import { isDefaultClass } from './default-class';

export const storageClassColumns: readonly Column<StorageClass>[] = [
  { name: 'Name', value: (storageClass) => `${storageClass.metadata.name}${isDefaultClass(storageClass) ? ' (default)' : ''}` },
  { name: 'Provisioner', value: ({ provisioner }) => provisioner ?? '' },
  { name: 'ReclaimPolicy', value: ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete' },
  { name: 'VolumeBindingMode', value: ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate' },
  { name: 'AllowVolumeExpansion', value: ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false },
  age,
];
