import type { ResourceQuota } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateQuota, validateQuotaStatus, validateQuotaUpdate } from './validation';

/** After pkg/registry/core/resourcequota/strategy.go. */
export const resourceQuotaStrategy: Strategy<ResourceQuota> = {
  prepareForCreate(quota) {
    quota.status = {};
  },
  validate: validateQuota,
  validateUpdate: validateQuotaUpdate,
  validateStatusUpdate: validateQuotaStatus,
  generationOf: () => undefined,
};
