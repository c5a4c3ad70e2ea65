import type { ServiceCIDR } from '../../../api/generated/networking.v1';
import type { Kind } from '../../kind';
import { age } from '../../printing';
import { serviceCIDRStrategy } from './strategy';

export const serviceCIDR: Kind<ServiceCIDR> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  singular: 'servicecidr',
  namespaced: false,
  schema: 'io.k8s.api.networking.v1.ServiceCIDR',
  unenforced: true,
  subresources: ['status'],
  strategy: serviceCIDRStrategy,
  columns: [{ name: 'CIDRs', value: ({ spec }) => (spec?.cidrs ?? []).join(',') }, age],
};
