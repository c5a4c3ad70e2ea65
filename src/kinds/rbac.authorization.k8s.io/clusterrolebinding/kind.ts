import type { ClusterRoleBinding } from '../../../api/generated/rbac.v1';
import type { Kind } from '../../kind';
import { bindingColumns, bindingStrategy } from '../bindings';

export const clusterRoleBinding: Kind<ClusterRoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  namespaced: false,
  schema: 'io.k8s.api.rbac.v1.ClusterRoleBinding',
  strategy: bindingStrategy<ClusterRoleBinding>(false, ['ClusterRole']),
  columns: bindingColumns,
};
