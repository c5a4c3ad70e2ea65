import type { PolicyRule } from '../../../../api/generated/rbac.v1';
import { allow, read, recordEvents } from './rules';

/** Roles of the system's namespaces. */
export const namespacedRoles: readonly (readonly [namespace: string, name: string, rules: readonly PolicyRule[]])[] = [
  ['kube-public', 'system:controller:bootstrap-signer', [allow(read, 'core', 'configmaps'), allow('update', 'core', 'configmaps', 'cluster-info'), recordEvents]],
  ['kube-system', 'extension-apiserver-authentication-reader', [allow(read, 'core', 'configmaps', 'extension-apiserver-authentication')]],
  ['kube-system', 'system::leader-locking-kube-controller-manager', [allow('watch', 'core', 'configmaps'), allow('get update', 'core', 'configmaps', 'kube-controller-manager')]],
  ['kube-system', 'system::leader-locking-kube-scheduler', [allow('watch', 'core', 'configmaps'), allow('get update', 'core', 'configmaps', 'kube-scheduler')]],
  ['kube-system', 'system:controller:bootstrap-signer', [allow(read, 'core', 'secrets')]],
  ['kube-system', 'system:controller:cloud-provider', [allow('create get list watch', 'core', 'configmaps')]],
  ['kube-system', 'system:controller:token-cleaner', [allow('delete get list watch', 'core', 'secrets'), recordEvents]],
];
