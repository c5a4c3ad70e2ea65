import type { KubeObject } from '../../../api/meta';
import { claimHasClass } from '../../../kinds/claims';
import { isDefaultIngressClass } from '../../../kinds/networking.k8s.io/ingressclass/default-class';
import { ingressClasses, ingresses, persistentVolumeClaims, storageClasses } from '../../../kinds/resources';
import { isDefaultClass } from '../../../kinds/storage.k8s.io/storageclass/default-class';
import type { AdmissionPlugin } from '../registry/registry';
import { objectOf, storedObjects } from './request';

/** Of several defaults the newest one, or the first by name. */
export function newestFirst<T extends KubeObject>(classes: readonly T[]): T[] {
  const createdMs = ({ metadata }: T) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  return [...classes].sort((a, b) => createdMs(b) - createdMs(a) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Source: k8s.io/kubernetes/plugin/pkg/admission/storage/storageclass/setdefault. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  operations: ['CREATE'],
  resources: [persistentVolumeClaims],
  admit(request, registry) {
    const claim = objectOf(request, persistentVolumeClaims);
    if (!claim || claimHasClass(claim)) return;
    const [found] = newestFirst(storedObjects(registry, storageClasses).filter(isDefaultClass));
    if (found) claim.spec.storageClassName = found.metadata.name;
  },
};

const legacyAnnotation = 'kubernetes.io/ingress.class';

/** Source: k8s.io/kubernetes/plugin/pkg/admission/network/defaultingressclass. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  operations: ['CREATE'],
  resources: [ingresses],
  admit(request, registry) {
    const ingress = objectOf(request, ingresses);
    if (!ingress || ingress.spec?.ingressClassName !== undefined || ingress.metadata.annotations?.[legacyAnnotation] !== undefined) return;
    const [found] = newestFirst(storedObjects(registry, ingressClasses).filter(isDefaultIngressClass));
    if (found) ingress.spec = { ...ingress.spec, ingressClassName: found.metadata.name };
  },
};
