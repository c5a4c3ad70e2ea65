import type { Job } from '../../../api/generated/batch.v1';
import type { Kind } from '../../kind';
import { jobColumns } from './columns';
import { jobStrategy } from './strategy';

export const job: Kind<Job> = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.batch.v1.Job',
  subresources: ['status'],
  strategy: jobStrategy,
  columns: jobColumns,
  selectableFields: {
    'status.successful': ({ status }) => String(status?.succeeded ?? 0),
  },
};
