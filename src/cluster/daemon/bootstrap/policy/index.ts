import type { KubeObject } from '../../../../api/meta';
import { reconcileBinding, reconcileRole, type Reconciled } from '../../../../api/rbac';
import type { Client, Resource } from '../../../../client/client';
import { ensureAll, nothing, type Reconcile } from '../ensure-all';
import { controllerPolicy, defaultPolicy, type Policy } from './objects';

const rbac = (plural: string, namespaced: boolean): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced });

/** Creates the default policy, and at later starts mends what is missing of it. */
export const ensurePolicy = (client: Client): Promise<void> => ensure(client, defaultPolicy());

/** The same for the roles of controllers. This cluster's own loops need none: it can be done when all else is up. */
export const ensureControllerPolicy = (client: Client): Promise<void> => ensure(client, controllerPolicy());

async function ensure(client: Client, { clusterRoles, clusterRoleBindings, roles, roleBindings }: Policy): Promise<void> {
  await Promise.all([
    ensureAll(client, rbac('clusterroles', false), clusterRoles, stepsOf(reconcileRole)),
    ensureAll(client, rbac('clusterrolebindings', false), clusterRoleBindings, stepsOf(reconcileBinding)),
    ensureAll(client, rbac('roles', true), roles, stepsOf(reconcileRole)),
    ensureAll(client, rbac('rolebindings', true), roleBindings, stepsOf(reconcileBinding)),
  ]);
}

/** What `kubectl auth reconcile` would do, too. */
const stepsOf = <T extends KubeObject>(reconcile: (existing: T | undefined, expected: T) => Reconciled<T, unknown>): Reconcile<T> => (existing, expected) => {
  const { operation, isProtected, object } = reconcile(existing, expected);
  if (isProtected || operation === 'none') return nothing;
  return { type: operation === 'recreate' ? 'replace' : operation, object };
};
