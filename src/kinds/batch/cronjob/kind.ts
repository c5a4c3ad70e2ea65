import type { CronJob } from '../../../api/generated/batch.v1';
import type { Kind } from '../../kind';
import { cronJobColumns } from './columns';
import { cronJobStrategy } from './strategy';

export const cronJob: Kind<CronJob> = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.batch.v1.CronJob',
  subresources: ['status'],
  strategy: cronJobStrategy,
  columns: cronJobColumns,
};
