import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { persistentVolumeClaimColumns } from './columns';
import { persistentVolumeClaimStrategy } from './strategy';

export const persistentVolumeClaim: Kind<PersistentVolumeClaim> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.PersistentVolumeClaim',
  subresources: ['status'],
  strategy: persistentVolumeClaimStrategy,
  columns: persistentVolumeClaimColumns,
};
