import { isReason } from '../../../../api/errors';
import type { KubeObject } from '../../../../api/meta';
import { reconcileBinding, reconcileRole, type Reconciled } from '../../../../api/rbac';
import type { Client, Resource } from '../../../../client/client';
import { controllerPolicy, defaultPolicy, type Policy } from './objects';

const rbac = (plural: string, namespaced: boolean): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced });

/** Creates the default policy, and at later starts mends what is missing of it. */
export const ensurePolicy = (client: Client): Promise<void> => ensure(client, defaultPolicy());

/** The same for the roles of controllers. This cluster's own loops need none: it can be done when all else is up. */
export const ensureControllerPolicy = (client: Client): Promise<void> => ensure(client, controllerPolicy());

async function ensure(client: Client, { clusterRoles, clusterRoleBindings, roles, roleBindings }: Policy): Promise<void> {
  await Promise.all([
    ensureAll(client, rbac('clusterroles', false), clusterRoles, reconcileRole),
    ensureAll(client, rbac('clusterrolebindings', false), clusterRoleBindings, reconcileBinding),
    ensureAll(client, rbac('roles', true), roles, reconcileRole),
    ensureAll(client, rbac('rolebindings', true), roleBindings, reconcileBinding),
  ]);
}

type Reconcile<T> = (existing: T | undefined, expected: T) => Reconciled<T, unknown>;

const keyOf = ({ metadata: { namespace = '', name } }: KubeObject) => `${namespace}/${name}`;

async function ensureAll<T extends KubeObject>(client: Client, resource: Resource, expected: readonly T[], reconcile: Reconcile<T>): Promise<void> {
  if (!expected.length) return;
  const { items } = await client.list<T>(resource);
  const existing = new Map(items.map((item) => [keyOf(item), item]));
  await Promise.all(expected.map((object) => carryOut(client, resource, reconcile(existing.get(keyOf(object)), object))));
}

async function carryOut<T extends KubeObject>(client: Client, resource: Resource, { operation, isProtected, object }: Reconciled<T, unknown>): Promise<void> {
  if (isProtected || operation === 'none') return;
  if (operation === 'update') return void (await client.update(resource, object));
  if (operation === 'recreate') await client.delete(resource, object.metadata.name, object.metadata.namespace).catch(unlessGone);
  await client.create(resource, object);
}

function unlessGone(error: unknown): void {
  if (!isReason(error, 'NotFound')) throw error;
}
