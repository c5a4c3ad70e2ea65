import type { ServiceAccount } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { serviceAccountColumns } from './columns';
import { serviceAccountStrategy } from './strategy';

export const serviceAccount: Kind<ServiceAccount> = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.ServiceAccount',
  subresources: ['token'],
  strategy: serviceAccountStrategy,
  columns: serviceAccountColumns,
};
