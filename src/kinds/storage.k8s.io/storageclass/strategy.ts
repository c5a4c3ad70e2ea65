import type { StorageClass } from '../../../api/generated/storage.v1';
import type { Strategy } from '../../kind';
import { validateStorageClass, validateStorageClassUpdate } from './validation';

/** After SetDefaults_StorageClass and pkg/registry/storage/storageclass/strategy.go. */
export const storageClassStrategy: Strategy<StorageClass> = {
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ??= 'Delete';
    storageClass.volumeBindingMode ??= 'Immediate';
  },
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
};
