import type { ClusterRole, ClusterRoleBinding } from '../../../src/api/generated/rbac.v1';
import { reconcileBinding, reconcileRole } from '../../../src/api/rbac';
import { ensureControllerPolicy, ensurePolicy } from '../../../src/cluster/daemon/bootstrap/policy';
import { controllerPolicy, defaultPolicy } from '../../../src/cluster/daemon/bootstrap/policy/objects';
import type { Resource } from '../../../src/client/client';
import { namespaces, testRegistry } from '../apiserver/support/registry';

const rbac = (plural: string): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced: false });

test('all is well: do nothing', () => {
  for (const each of [...defaultPolicy().clusterRoles, ...controllerPolicy().clusterRoles]) expect(reconcileRole(each, each)).toMatchObject({ operation: 'none' });
  for (const each of defaultPolicy().clusterRoleBindings) expect(reconcileBinding(each, each)).toMatchObject({ operation: 'none' });
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
