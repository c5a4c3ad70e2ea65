import type { RoleBinding } from '../../../api/generated/rbac.v1';
import type { Describe } from '../../describe';
import { renderBinding } from '../describe-binding';

export const roleBindingDescribe: Describe<RoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  kind: 'RoleBinding',
  render: renderBinding,
};
