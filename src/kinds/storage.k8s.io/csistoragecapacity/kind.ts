import type { CSIStorageCapacity } from '../../../api/generated/storage.v1';
import { canonicalQuantity } from '../../../api/quantity';
import type { Kind } from '../../kind';
import { csiStorageCapacityStrategy } from './strategy';

export const csiStorageCapacity: Kind<CSIStorageCapacity> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  singular: 'csistoragecapacity',
  namespaced: true,
  schema: 'io.k8s.api.storage.v1.CSIStorageCapacity',
  unenforced: true,
  strategy: csiStorageCapacityStrategy,
  columns: [
    { name: 'StorageClassName', value: ({ storageClassName }) => storageClassName ?? '' },
    { name: 'Capacity', value: ({ capacity }) => capacity === undefined ? '<unset>' : canonicalQuantity(capacity) },
  ],
};
