import type { ClusterRole } from '../../../api/generated/rbac.v1';
import type { Kind } from '../../kind';
import { createdAt } from '../../printing';
import { clusterRoleStrategy } from './strategy';

export const clusterRole: Kind<ClusterRole> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  namespaced: false,
  schema: 'io.k8s.api.rbac.v1.ClusterRole',
  strategy: clusterRoleStrategy,
  columns: [createdAt],
};
