import type { Subject } from '../../../../api/generated/rbac.v1';
import type { FlagValues } from '../../../flags/spec';
import type { Generator } from '../generator';
import { clusterRoleBindingFlags, roleBindingFlags } from './flags';
import { rbac, rbacGroup } from './resources';

const roleRef = (kind: string, name: string) => ({ apiGroup: rbacGroup, kind, name });

/** After create_clusterrolebinding.go. */
export const clusterRoleBinding: Generator<typeof clusterRoleBindingFlags> = {
  path: 'create clusterrolebinding', flags: clusterRoleBindingFlags, required: ['clusterrole'],
  ...rbac('ClusterRoleBinding', 'clusterrolebindings', false), failure: 'failed to create clusterrolebinding:',
  make: ({ flags }) => ({ roleRef: roleRef('ClusterRole', flags.clusterrole), subjects: subjectsOf(flags) }),
};

/** After create_rolebinding.go. */
export const roleBinding: Generator<typeof roleBindingFlags> = {
  path: 'create rolebinding', flags: roleBindingFlags,
  ...rbac('RoleBinding', 'rolebindings', true), failure: 'failed to create rolebinding:',
  make: ({ flags }) => {
    if (!flags.clusterrole === !flags.role) throw new Error('exactly one of clusterrole or role must be specified');
    return { roleRef: flags.role ? roleRef('Role', flags.role) : roleRef('ClusterRole', flags.clusterrole), subjects: subjectsOf(flags) };
  },
};

function subjectsOf({ user, group, serviceaccount }: FlagValues<typeof clusterRoleBindingFlags>): Subject[] {
  return [
    ...user.map((name) => ({ kind: 'User', apiGroup: rbacGroup, name })),
    ...group.map((name) => ({ kind: 'Group', apiGroup: rbacGroup, name })),
    ...serviceaccount.map(accountOf),
  ];
}

function accountOf(text: string): Subject {
  const [namespace, name, ...more] = text.split(':');
  if (!namespace || !name || more.length) throw new Error('serviceaccount must be <namespace>:<name>');
  return { kind: 'ServiceAccount', name, namespace };
}
