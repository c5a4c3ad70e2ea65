import type { StorageClass } from '../../../api/generated/storage.v1';
import type { Kind } from '../../kind';
import { storageClassColumns } from './columns';
import { storageClassStrategy } from './strategy';

export const storageClass: Kind<StorageClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  namespaced: false,
  schema: 'io.k8s.api.storage.v1.StorageClass',
  strategy: storageClassStrategy,
  columns: storageClassColumns,
};
