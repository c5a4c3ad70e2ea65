import type { Role } from '../../../api/generated/rbac.v1';
import { nameIsPathSegment, validateObjectMeta } from '../../../api/validation';
import type { Kind } from '../../kind';
import { createdAt } from '../../printing';
import { validateRules } from '../rules';

export const role: Kind<Role> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  namespaced: true,
  schema: 'io.k8s.api.rbac.v1.Role',
  strategy: {
    validate: ({ metadata, rules }) => [...validateObjectMeta(metadata, true, nameIsPathSegment), ...validateRules(rules, true, 'rules')],
    allowCreateOnUpdate: true,
  },
  columns: [createdAt],
};
