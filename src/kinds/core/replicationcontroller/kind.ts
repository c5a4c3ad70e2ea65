import type { ReplicationController } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { replicationControllerColumns } from './columns';
import { replicationControllerStrategy } from './strategy';

export const replicationController: Kind<ReplicationController> = {
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.ReplicationController',
  subresources: ['status', 'scale'],
  strategy: replicationControllerStrategy,
  columns: replicationControllerColumns,
  selectableFields: {
    'status.replicas': ({ status }) => String(status?.replicas ?? 0),
  },
};
