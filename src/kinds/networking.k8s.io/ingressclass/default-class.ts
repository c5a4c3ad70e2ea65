import type { IngressClass } from '../../../api/generated/networking.v1';

/** Whether ingresses that name no class get this one. */
export const isDefaultIngressClass = ({ metadata }: IngressClass): boolean => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
