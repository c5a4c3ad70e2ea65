import type { StatefulSet } from '../../../api/generated/apps.v1';
import type { Kind } from '../../kind';
import { statefulSetColumns } from './columns';
import { statefulSetStrategy } from './strategy';

export const statefulSet: Kind<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.apps.v1.StatefulSet',
  subresources: ['status', 'scale'],
  strategy: statefulSetStrategy,
  columns: statefulSetColumns,
};
