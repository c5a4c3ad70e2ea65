import type { DaemonSet } from '../../../api/generated/apps.v1';
import type { Kind } from '../../kind';
import { daemonSetColumns } from './columns';
import { daemonSetStrategy } from './strategy';

export const daemonSet: Kind<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.apps.v1.DaemonSet',
  subresources: ['status'],
  strategy: daemonSetStrategy,
  columns: daemonSetColumns,
};
