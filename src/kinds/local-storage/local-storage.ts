import type { PersistentVolume } from '../../api/generated/core.v1';
import type { StorageClass } from '../../api/generated/storage.v1';
import { provisionedBy } from '../volume-binding';

export const localProvisioner = 'knarr.dev/local';

/** On a volume whose files are still there. */
export const filesFinalizer = 'knarr.dev/files';

export const isLocal = ({ metadata }: PersistentVolume): boolean => metadata.annotations?.[provisionedBy] === localProvisioner;

/** The class that claims get which name none. */
export const standardClass: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: localProvisioner,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  allowVolumeExpansion: true,
};
