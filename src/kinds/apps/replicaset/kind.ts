import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Kind } from '../../kind';
import { replicaSetColumns } from './columns';
import { replicaSetStrategy } from './strategy';

export const replicaSet: Kind<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.apps.v1.ReplicaSet',
  subresources: ['status', 'scale'],
  strategy: replicaSetStrategy,
  columns: replicaSetColumns,
  selectableFields: {
    'status.replicas': (replicaSet) => String(replicaSet.status?.replicas ?? 0),
  },
};
