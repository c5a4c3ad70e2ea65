import type { RoleBinding } from '../../../api/generated/rbac.v1';
import type { Kind } from '../../kind';
import { bindingColumns, bindingStrategy } from '../bindings';

export const roleBinding: Kind<RoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  namespaced: true,
  schema: 'io.k8s.api.rbac.v1.RoleBinding',
  strategy: bindingStrategy<RoleBinding>(true, ['Role', 'ClusterRole']),
  columns: bindingColumns,
};
