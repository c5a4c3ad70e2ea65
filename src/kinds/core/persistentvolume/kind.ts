import type { PersistentVolume } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { persistentVolumeColumns } from './columns';
import { persistentVolumeStrategy } from './strategy';

export const persistentVolume: Kind<PersistentVolume> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  schema: 'io.k8s.api.core.v1.PersistentVolume',
  subresources: ['status'],
  strategy: persistentVolumeStrategy,
  columns: persistentVolumeColumns,
};
