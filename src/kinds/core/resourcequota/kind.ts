import type { ResourceQuota } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { resourceQuotaColumns } from './columns';
import { resourceQuotaStrategy } from './strategy';

export const resourceQuota: Kind<ResourceQuota> = {
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.ResourceQuota',
  subresources: ['status'],
  strategy: resourceQuotaStrategy,
  columns: resourceQuotaColumns,
};
