import type { KubeObject } from '../../../../src/api/meta';
import type { UserInfo } from '../../../../src/cluster/apiserver/authn/user';
import { RbacAuthorizer } from '../../../../src/cluster/apiserver/authz/rbac/authorizer';
import { inProcessClient } from '../../../../src/cluster/daemon/in-process-client';
import type { Client, Resource } from '../../../../src/client/client';
import { failure, namespaces, testRegistry } from '../support/registry';

const rbac = (plural: string, namespaced: boolean): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced });
const [roles, roleBindings, clusterRoles, clusterRoleBindings] = [rbac('roles', true), rbac('rolebindings', true), rbac('clusterroles', false), rbac('clusterrolebindings', false)];
const apiGroup = 'rbac.authorization.k8s.io';
const jane: UserInfo = { name: 'jane', groups: ['developers', 'system:authenticated'] };
const robot: UserInfo = { name: 'system:serviceaccount:default:robot', groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'] };

const role = (name: string, namespace: string | undefined, verbs: string[], resources: string[], more: object = {}) =>
  ({ metadata: { name, ...(namespace && { namespace }) }, rules: [{ verbs, apiGroups: [''], resources }], ...more }) as KubeObject;
const binding = (name: string, namespace: string | undefined, kind: string, ref: string, ...subjects: object[]) =>
  ({ metadata: { name, ...(namespace && { namespace }) }, roleRef: { apiGroup, kind, name: ref }, subjects }) as KubeObject;
const user = (name: string) => ({ kind: 'User', apiGroup, name });
const group = (name: string) => ({ kind: 'Group', apiGroup, name });
const account = (name: string, namespace?: string) => ({ kind: 'ServiceAccount', name, ...(namespace && { namespace }) });

async function world() {
  const { registry, client, store } = await testRegistry();
  await client.create(namespaces, { metadata: { name: 'other' } });
  const authorizer = new RbacAuthorizer(store);
  const can = (who: UserInfo, verb: string, resource: string, namespace?: string, name?: string) =>
    authorizer.authorize(who, { verb, path: '', resource: { group: '', version: 'v1', resource, ...(namespace && { namespace }), ...(name && { name }) } });
  return { registry, client, authorizer, can, as: (who: UserInfo): Client => inProcessClient(registry, who) };
}

test('a role counts in its namespace, for the subjects of its binding, as soon and as long as both are there', async () => {
  const { client, can } = await world();
  expect(can(jane, 'list', 'pods', 'default')).toEqual({ allowed: false, reason: '' });
  await client.create(roleBindings, binding('read', 'default', 'Role', 'reader', user('jane'), account('robot', 'default')));
  expect(can(jane, 'list', 'pods', 'default')).toEqual({ allowed: false, reason: 'RBAC: role.rbac.authorization.k8s.io "reader" not found' });
  await client.create(roles, role('reader', 'default', ['list'], ['pods']));
  expect(can(jane, 'list', 'pods', 'default')).toEqual({ allowed: true, reason: 'RBAC: allowed by RoleBinding "read/default" of Role "reader" to User "jane"' });
  expect(can(robot, 'list', 'pods', 'default').reason).toBe('RBAC: allowed by RoleBinding "read/default" of Role "reader" to ServiceAccount "robot/default"');
  expect([can(jane, 'list', 'pods', 'other').allowed, can(jane, 'list', 'pods').allowed, can(jane, 'get', 'pods', 'default').allowed]).toEqual([false, false, false]);
  await client.update(roles, role('reader', 'default', ['get'], ['pods']));
  expect([can(jane, 'list', 'pods', 'default').allowed, can(jane, 'get', 'pods', 'default').allowed]).toEqual([false, true]);
  await client.update(roleBindings, binding('read', 'default', 'Role', 'reader', user('joe')));
  expect(can(jane, 'get', 'pods', 'default').allowed).toBe(false);
  await client.delete(roleBindings, 'read', 'default');
  expect(can({ ...jane, name: 'joe' }, 'get', 'pods', 'default').allowed).toBe(false);
});

test('a ClusterRole counts where it is bound: in one namespace or everywhere, for groups too', async () => {
  const { client, can, authorizer } = await world();
  await client.create(clusterRoles, role('reader', undefined, ['list'], ['pods']));
  await client.create(roleBindings, binding('here', 'default', 'ClusterRole', 'reader', group('developers'), user('jane')));
  expect([can(jane, 'list', 'pods', 'default').allowed, can(jane, 'list', 'pods', 'other').allowed]).toEqual([true, false]);
  expect(authorizer.rulesFor(jane, 'default').rules).toHaveLength(1);
  await client.create(clusterRoleBindings, binding('all', undefined, 'ClusterRole', 'reader', group('system:serviceaccounts:default')));
  expect([can(robot, 'list', 'pods', 'other').allowed, can(robot, 'list', 'pods').allowed, can(jane, 'list', 'pods').allowed]).toEqual([true, true, false]);
});

test('nobody grants what they do not hold', async () => {
  const { client, as } = await world();
  await client.create(clusterRoles, { ...role('manager', undefined, ['get', 'list'], ['pods']), rules: [
    { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }, { verbs: ['*'], apiGroups: [apiGroup], resources: ['roles', 'rolebindings'] }] } as KubeObject);
  await client.create(roleBindings, binding('managers', 'default', 'ClusterRole', 'manager', user('jane')));
  const mine = as({ ...jane, groups: ['developers', 'system:authenticated'] });
  await mine.create(roles, role('fine', 'default', ['get'], ['pods']));
  await client.delete(roleBindings, 'managers', 'default');
  await client.create(roles, { metadata: { name: 'some', namespace: 'default' }, rules: [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }] } as KubeObject);
  await client.create(roleBindings, binding('some', 'default', 'Role', 'some', user('jane')));
  expect(await failure(() => mine.create(roles, role('more', 'default', ['get', 'delete', 'watch'], ['pods', 'secrets'])))).toBe(
    '403 Forbidden: roles.rbac.authorization.k8s.io "more" is forbidden: user "jane" (groups=["developers" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n'
    + '{APIGroups:[""], Resources:["pods"], Verbs:["delete" "watch"]}\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete" "watch"]}');
  expect(await failure(() => mine.create(roleBindings, binding('up', 'default', 'ClusterRole', 'manager', user('jane'))))).toMatch(
    /^403 Forbidden: rolebindings.rbac.authorization.k8s.io "up" is forbidden: user "jane" .*not currently held:\n\{APIGroups:\["rbac.authorization.k8s.io"\], Resources:\["rolebindings"\], Verbs:\["\*"\]\}\n/);
  expect(await failure(() => mine.create(roleBindings, binding('none', 'default', 'Role', 'none', user('jane'))))).toBe('404 NotFound: roles.rbac.authorization.k8s.io "none" not found');
  await mine.create(roleBindings, binding('same', 'default', 'Role', 'some', user('joe')));
});

test('who may bind or escalate need not hold', async () => {
  const { client, as } = await world();
  await client.create(clusterRoles, role('reader', undefined, ['list'], ['secrets']));
  await client.create(roles, { metadata: { name: 'binder', namespace: 'default' }, rules: [{ verbs: ['bind'], apiGroups: [apiGroup], resources: ['clusterroles'], resourceNames: ['reader'] }, { verbs: ['escalate'], apiGroups: [apiGroup], resources: ['roles'] }] } as KubeObject);
  await client.create(roleBindings, binding('binder', 'default', 'Role', 'binder', user('jane')));
  await as(jane).create(roleBindings, binding('bound', 'default', 'ClusterRole', 'reader', user('joe')));
  await as(jane).create(roles, role('any', 'default', ['*'], ['*']));
  expect(await failure(() => as(jane).create(clusterRoles, role('any', undefined, ['*'], ['*'])))).toMatch(/^403/);
});

test('an aggregationRule is for those who may everything; collectors may always write', async () => {
  const { client, as } = await world();
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] };
  expect(await failure(() => as(jane).create(clusterRoles, { metadata: { name: 'sum' }, aggregationRule, rules: [] } as KubeObject)))
    .toBe('403 Forbidden: clusterroles.rbac.authorization.k8s.io "sum" is forbidden: must have cluster-admin privileges to use the aggregationRule');
  const made = await client.create(roles, role('held', 'default', ['*'], ['*']));
  await as(jane).update(roles, { ...made, metadata: { ...made.metadata, finalizers: ['example.com/x'] } });
});
