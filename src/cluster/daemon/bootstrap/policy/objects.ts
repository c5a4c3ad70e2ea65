import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../../../api/generated/rbac.v1';
import type { ObjectMeta } from '../../../../api/meta';
import { clusterBindings, namespacedBindings } from './bindings';
import { componentRoles } from './component-roles';
import { controllerRoles } from './controller-roles';
import { namespacedRoles } from './namespaced-roles';
import { userRoles } from './user-roles';

const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;
const aggregateTo = (role: string) => `${apiGroup}/aggregate-to-${role}`;

/** Of everything here: marks it as the default, and lets later starts mend it. */
const metadata = (name: string, labels: Record<string, string> = {}, namespace?: string): ObjectMeta => ({
  name, ...(namespace && { namespace }),
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
});

/** A role that sums up others, itself a part of the next greater one. */
const aggregated = (name: string, partOf?: string): ClusterRole => ({
  apiVersion, kind: 'ClusterRole', metadata: metadata(name, partOf ? { [aggregateTo(partOf)]: 'true' } : {}),
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregateTo(name)]: 'true' } }] },
  rules: [],
});

const part = /^system:aggregate-to-(.*)$/;

/** The policy that every cluster starts with. Source: k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy. */
export const clusterRoles = (): ClusterRole[] => [
  aggregated('admin'), aggregated('edit', 'admin'), aggregated('view', 'edit'),
  ...[...userRoles, ...componentRoles, ...controllerRoles.map(([name, rules]) => [`system:controller:${name}`, rules] as const)].map(([name, rules]): ClusterRole => {
    const [, into] = part.exec(name) ?? [];
    return { apiVersion, kind: 'ClusterRole', metadata: metadata(name, into ? { [aggregateTo(into)]: 'true' } : {}), rules: [...rules] };
  }),
];

export const clusterRoleBindings = (): ClusterRoleBinding[] => clusterBindings.map(([role, subjects]) => ({
  apiVersion, kind: 'ClusterRoleBinding', metadata: metadata(role), roleRef: { apiGroup, kind: 'ClusterRole', name: role }, subjects: [...subjects],
}));

export const roles = (): Role[] => namespacedRoles.map(([namespace, name, rules]) =>
  ({ apiVersion, kind: 'Role', metadata: metadata(name, {}, namespace), rules: [...rules] }));

export const roleBindings = (): RoleBinding[] => namespacedBindings.map(([namespace, name, role, subjects]) => ({
  apiVersion, kind: 'RoleBinding', metadata: metadata(name, {}, namespace), roleRef: { apiGroup, kind: 'Role', name: role }, subjects: [...subjects],
}));
