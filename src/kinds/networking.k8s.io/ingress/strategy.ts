import type { Ingress } from '../../../api/generated/networking.v1';
import type { Strategy } from '../../kind';
import { classAnnotation, validateIngress, validateIngressStatus } from './validation';

/** After pkg/registry/networking/ingress/strategy.go. */
export const ingressStrategy: Strategy<Ingress> = {
  prepareForCreate(ingress) {
    ingress.status = { loadBalancer: {} };
  },
  validate: validateIngress,
  validateStatusUpdate: validateIngressStatus,
  warnings: ({ metadata, spec }, old) => !old && metadata.annotations?.[classAnnotation] !== undefined && spec?.ingressClassName === undefined
    ? [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`] : [],
};
