import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import { compareQuantity, parseQuantity } from '../../../api/quantity';
import { claimClass } from '../../../kinds/claims';
import { persistentVolumeClaims, storageClasses } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, Registry } from '../registry/registry';
import { objectOf, storedObject } from './request';

const sizeOf = ({ spec }: PersistentVolumeClaim) => parseQuantity(spec.resources?.requests?.storage ?? '0');

/** Source: k8s.io/kubernetes/plugin/pkg/admission/storage/persistentvolume/resize. */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  operations: ['UPDATE'],
  resources: [persistentVolumeClaims],
  validate(request, registry) {
    const claim = objectOf(request, persistentVolumeClaims);
    const old = request.old as unknown as PersistentVolumeClaim;
    if (!claim || compareQuantity(sizeOf(claim), sizeOf(old)) <= 0) return;
    if (old.status?.phase !== 'Bound') throw forbiddenBy(request, 'Only bound persistent volume claims can be expanded');
    if (mayGrow(registry, claim, old)) return;
    throw forbiddenBy(request, 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize');
  },
};

function mayGrow(registry: Registry, claim: PersistentVolumeClaim, old: PersistentVolumeClaim): boolean {
  const name = claimClass(claim);
  return name !== '' && name === claimClass(old) && storedObject(registry, storageClasses, name)?.allowVolumeExpansion === true;
}
