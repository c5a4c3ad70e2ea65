import type { CSIDriver } from '../../../api/generated/storage.v1';
import type { Column, Kind } from '../../kind';
import { age, orNone } from '../../printing';
import { csiDriverStrategy } from './strategy';

const columns: readonly Column<CSIDriver>[] = [
  { name: 'AttachRequired', type: 'boolean', value: ({ spec }) => spec.attachRequired ?? true },
  { name: 'PodInfoOnMount', type: 'boolean', value: ({ spec }) => spec.podInfoOnMount ?? false },
  { name: 'StorageCapacity', type: 'boolean', value: ({ spec }) => spec.storageCapacity ?? false },
  { name: 'TokenRequests', value: ({ spec }) => spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>' },
  { name: 'RequiresRepublish', type: 'boolean', value: ({ spec }) => spec.requiresRepublish ?? false },
  { name: 'Modes', value: ({ spec }) => orNone(spec.volumeLifecycleModes?.join(',')) },
  age,
];

export const csiDriver: Kind<CSIDriver> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  singular: 'csidriver',
  namespaced: false,
  schema: 'io.k8s.api.storage.v1.CSIDriver',
  unenforced: true,
  strategy: csiDriverStrategy,
  columns,
};
