import type { ClusterRole, ClusterRoleBinding } from '../../../src/api/generated/rbac.v1';
import { ensureControllerPolicy, ensurePolicy } from '../../../src/cluster/daemon/bootstrap/policy';
import { controllerPolicy, defaultPolicy } from '../../../src/cluster/daemon/bootstrap/policy/objects';
import { reconcileBinding, reconcileRole } from '../../../src/cluster/daemon/bootstrap/policy/reconcile';
import type { Resource } from '../../../src/client/client';
import { namespaces, testRegistry } from '../apiserver/support/registry';

const rbac = (plural: string): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced: false });
const role = (rules: ClusterRole['rules'], more: Partial<ClusterRole> = {}): ClusterRole => ({ metadata: { name: 'r' }, rules, ...more });
const pods = (...verbs: string[]) => ({ verbs, apiGroups: [''], resources: ['pods'] });

test('all is well: do nothing', () => {
  for (const each of [...defaultPolicy().clusterRoles, ...controllerPolicy().clusterRoles]) expect(reconcileRole(each, each)).toEqual({ type: 'nothing' });
  for (const each of defaultPolicy().clusterRoleBindings) expect(reconcileBinding(each, each)).toEqual({ type: 'nothing' });
});

test('rules that are missing are added, those that were added stay', () => {
  const existing = role([pods('get'), { verbs: ['*'], apiGroups: ['apps'], resources: ['*'] }], { metadata: { name: 'r', labels: { mine: '1' } } });
  const expected = role([pods('get', 'list')], { metadata: { name: 'r', labels: { default: '1' } } });
  expect(reconcileRole(existing, expected)).toEqual({
    type: 'update', object: { ...existing, metadata: { name: 'r', labels: { mine: '1', default: '1' }, annotations: {} }, rules: [...existing.rules!, pods('list')] },
  });
});

test('what is not to be updated is left alone', () => {
  const metadata = { name: 'r', annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'false' } };
  expect(reconcileRole(role([], { metadata }), role([pods('get')]))).toEqual({ type: 'nothing' });
});

test('a binding to another role is replaced, a subject that is missing is added', () => {
  const binding = (name: string, ...users: string[]): ClusterRoleBinding =>
    ({ metadata: { name: 'b' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }, subjects: users.map((user) => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user })) });
  expect(reconcileBinding(binding('x', 'a'), binding('y', 'a')).type).toBe('replace');
  expect(reconcileBinding(binding('x', 'a', 'c'), binding('x', 'b'))).toMatchObject({ type: 'update', object: { subjects: [{ name: 'a' }, { name: 'c' }, { name: 'b' }] } });
});

test('the second start writes nothing but what was taken away', async () => {
  const { client, store } = await testRegistry();
  for (const name of ['kube-system', 'kube-public']) await client.create(namespaces, { metadata: { name } });
  await ensurePolicy(client);
  await ensureControllerPolicy(client);
  const { revision } = store;
  await ensurePolicy(client);
  await ensureControllerPolicy(client);
  expect(store.revision).toBe(revision);
  await client.delete(rbac('clusterroles'), 'view');
  await client.delete(rbac('clusterrolebindings'), 'system:discovery');
  await ensurePolicy(client);
  expect((await client.get<ClusterRole>(rbac('clusterroles'), 'view')).aggregationRule).toBeDefined();
  expect((await client.get<ClusterRoleBinding>(rbac('clusterrolebindings'), 'system:discovery')).subjects).toEqual([{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }]);
});
