import type { Deployment } from '../../../api/generated/apps.v1';
import type { Kind } from '../../kind';
import { deploymentColumns } from './columns';
import { deploymentStrategy } from './strategy';

export const deployment: Kind<Deployment> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.apps.v1.Deployment',
  subresources: ['status', 'scale'],
  strategy: deploymentStrategy,
  columns: deploymentColumns,
};
