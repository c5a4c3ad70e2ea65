import type { Ingress } from '../../../api/generated/networking.v1';
import type { Kind } from '../../kind';
import { ingressColumns } from './columns';
import { ingressStrategy } from './strategy';

export const ingress: Kind<Ingress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  schema: 'io.k8s.api.networking.v1.Ingress',
  subresources: ['status'],
  strategy: ingressStrategy,
  columns: ingressColumns,
};
