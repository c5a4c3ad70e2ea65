import type { KubeObject } from '../../../api/meta';
import { claimProtection, volumeProtection } from '../../../kinds/storage-protection';
import { persistentVolumeClaims, persistentVolumes } from '../../../kinds/resources';
import type { AdmissionPlugin } from '../registry/registry';
import { objectOf } from './request';

/** What is in use is not removed: loops take the finalizers away. Source: k8s.io/kubernetes/plugin/pkg/admission/storage/storageobjectinuseprotection. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  operations: ['CREATE'],
  resources: [persistentVolumeClaims, persistentVolumes],
  admit(request) {
    protect(objectOf(request, persistentVolumeClaims), claimProtection);
    protect(objectOf(request, persistentVolumes), volumeProtection);
  },
};

function protect(object: KubeObject | undefined, finalizer: string): void {
  if (object && !object.metadata.finalizers?.includes(finalizer)) object.metadata.finalizers = [...(object.metadata.finalizers ?? []), finalizer];
}
