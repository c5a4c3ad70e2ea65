import type { ClusterRoleBinding } from '../../../api/generated/rbac.v1';
import type { Describe } from '../../describe';
import { renderBinding } from '../describe-binding';

export const clusterRoleBindingDescribe: Describe<ClusterRoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  kind: 'ClusterRoleBinding',
  render: renderBinding,
};
