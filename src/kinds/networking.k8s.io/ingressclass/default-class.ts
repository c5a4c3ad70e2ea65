import type { IngressClass } from '../../../api/generated/networking.v1';

const defaultAnnotation = 'ingressclass.kubernetes.io/is-default-class';

export const ingressController = 'knarr.dev/ingress-controller';

/** The class that ingresses get which name none. */
export const ownIngressClass: IngressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'knarr', annotations: { [defaultAnnotation]: 'true' } },
  spec: { controller: ingressController },
};

/** Whether ingresses that name no class get this one. */
export const isDefaultIngressClass = ({ metadata }: IngressClass): boolean => metadata.annotations?.[defaultAnnotation] === 'true';
