import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, Subject } from '../../../../api/generated/rbac.v1';
import type { ObjectMeta } from '../../../../api/meta';
import { accounts, clusterBindings, namespacedBindings } from './bindings';
import { componentRoles } from './component-roles';
import { controllerRoles } from './controller-roles';
import { namespacedRoles } from './namespaced-roles';
import { allow, read, type NamedRules } from './rules';
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

function clusterRole([name, rules]: NamedRules): ClusterRole {
  const [, into] = part.exec(name) ?? [];
  return { apiVersion, kind: 'ClusterRole', metadata: metadata(name, into ? { [aggregateTo(into)]: 'true' } : {}), rules: [...rules] };
}

const clusterRoleBinding = ([role, subjects]: readonly [role: string, subjects: readonly Subject[]]): ClusterRoleBinding => ({
  apiVersion, kind: 'ClusterRoleBinding', metadata: metadata(role), roleRef: { apiGroup, kind: 'ClusterRole', name: role }, subjects: [...subjects],
});

/** Who may see objects may see what they use. Source: the roles that metrics-server is installed with. */
const metricsReader: ClusterRole = {
  apiVersion, kind: 'ClusterRole',
  metadata: metadata('system:aggregated-metrics-reader', Object.fromEntries(['admin', 'edit', 'view'].map((role) => [aggregateTo(role), 'true']))),
  rules: [allow(read, 'metrics.k8s.io', 'nodes pods')],
};

export interface Policy {
  readonly clusterRoles: readonly ClusterRole[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
  readonly roles: readonly Role[];
  readonly roleBindings: readonly RoleBinding[];
}

/** What every cluster starts with. Source: k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy. */
export const defaultPolicy = (): Policy => ({
  clusterRoles: [aggregated('admin'), aggregated('edit', 'admin'), aggregated('view', 'edit'), ...[...userRoles, ...componentRoles].map(clusterRole), metricsReader],
  clusterRoleBindings: clusterBindings.map(clusterRoleBinding),
  roles: roles(),
  roleBindings: roleBindings(),
});

/** For controllers that run by themselves, each with an account of its own. */
export const controllerPolicy = (): Policy => ({
  clusterRoles: controllerRoles.map(([name, rules]) => clusterRole([`system:controller:${name}`, rules])),
  clusterRoleBindings: controllerRoles.map(([name]) => clusterRoleBinding([`system:controller:${name}`, accounts(name)])),
  roles: [],
  roleBindings: [],
});

const roles = (): Role[] => namespacedRoles.map(([namespace, name, rules]) =>
  ({ apiVersion, kind: 'Role', metadata: metadata(name, {}, namespace), rules: [...rules] }));

const roleBindings = (): RoleBinding[] => namespacedBindings.map(([namespace, name, role, subjects]) => ({
  apiVersion, kind: 'RoleBinding', metadata: metadata(name, {}, namespace), roleRef: { apiGroup, kind: 'Role', name: role }, subjects: [...subjects],
}));
