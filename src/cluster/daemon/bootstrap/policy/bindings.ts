import type { Subject } from '../../../../api/generated/rbac.v1';

const apiGroup = 'rbac.authorization.k8s.io';
const users = (...names: string[]): Subject[] => names.map((name) => ({ kind: 'User', apiGroup, name }));
const groups = (...names: string[]): Subject[] => names.map((name) => ({ kind: 'Group', apiGroup, name }));
export const accounts = (...names: string[]): Subject[] => names.map((name) => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' }));

/** Whom each ClusterRole is bound to; the bindings are named after their roles. */
export const clusterBindings: readonly (readonly [role: string, subjects: readonly Subject[]])[] = [
  ['cluster-admin', groups('system:masters')],
  ['system:monitoring', groups('system:monitoring')],
  ['system:discovery', groups('system:authenticated')],
  ['system:basic-user', groups('system:authenticated')],
  ['system:public-info-viewer', groups('system:authenticated', 'system:unauthenticated')],
  ['system:node-proxier', users('system:kube-proxy')],
  ['system:kube-controller-manager', users('system:kube-controller-manager')],
  ['system:kube-dns', accounts('kube-dns')],
  ['system:kube-scheduler', users('system:kube-scheduler')],
  ['system:volume-scheduler', users('system:kube-scheduler')],
  ['system:node', []],
  ['system:service-account-issuer-discovery', groups('system:serviceaccounts')],
];

/** Namespace, name, role, subjects. */
export const namespacedBindings: readonly (readonly [namespace: string, name: string, role: string, subjects: readonly Subject[]])[] = [
  ['kube-public', 'system:controller:bootstrap-signer', 'system:controller:bootstrap-signer', accounts('bootstrap-signer')],
  ['kube-system', 'system::extension-apiserver-authentication-reader', 'extension-apiserver-authentication-reader', users('system:kube-controller-manager', 'system:kube-scheduler')],
  ['kube-system', 'system::leader-locking-kube-controller-manager', 'system::leader-locking-kube-controller-manager', [...users('system:kube-controller-manager'), ...accounts('kube-controller-manager')]],
  ['kube-system', 'system::leader-locking-kube-scheduler', 'system::leader-locking-kube-scheduler', [...users('system:kube-scheduler'), ...accounts('kube-scheduler')]],
  ['kube-system', 'system:controller:bootstrap-signer', 'system:controller:bootstrap-signer', accounts('bootstrap-signer')],
  ['kube-system', 'system:controller:cloud-provider', 'system:controller:cloud-provider', accounts('cloud-provider')],
  ['kube-system', 'system:controller:token-cleaner', 'system:controller:token-cleaner', accounts('token-cleaner')],
];
