import type { Service } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { serviceColumns } from './columns';
import { serviceStrategy } from './strategy';

export const service: Kind<Service> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.Service',
  subresources: ['status', 'proxy'],
  strategy: serviceStrategy,
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': (service) => service.spec.clusterIP ?? '',
    'spec.type': (service) => service.spec.type ?? '',
  },
};
