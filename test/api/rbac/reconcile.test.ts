import type { ClusterRole, ClusterRoleBinding } from '../../../src/api/generated/rbac.v1';
import { grantRows, reconcileBinding, reconcileRole } from '../../../src/api/rbac';

const role = (rules: ClusterRole['rules'], more: Partial<ClusterRole> = {}): ClusterRole => ({ metadata: { name: 'r' }, rules, ...more });
const pods = (...verbs: string[]) => ({ verbs, apiGroups: [''], resources: ['pods'] });
const users = (...names: string[]) => names.map((name) => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name }));
const binding = (name: string, ...names: string[]): ClusterRoleBinding =>
  ({ metadata: { name: 'b' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }, subjects: users(...names) });

test('all is well: do nothing', () => {
  expect(reconcileRole(role([pods('get')]), role([pods('get')]))).toMatchObject({ operation: 'none', missing: [], extra: [] });
  expect(reconcileBinding(binding('x', 'a'), binding('x', 'a'), true)).toMatchObject({ operation: 'none', missing: [], extra: [] });
});

test('what is not there is created', () => {
  expect(reconcileRole(undefined, role([pods('get')]))).toMatchObject({ operation: 'create', missing: [pods('get')] });
  expect(reconcileBinding(undefined, binding('x', 'a'))).toMatchObject({ operation: 'create', missing: users('a') });
});

test('rules that are missing are added, those that were added stay', () => {
  const existing = role([pods('get'), { verbs: ['*'], apiGroups: ['apps'], resources: ['*'] }], { metadata: { name: 'r', labels: { mine: '1' } } });
  const expected = role([pods('get', 'list')], { metadata: { name: 'r', labels: { default: '1' } } });
  expect(reconcileRole(existing, expected)).toMatchObject({
    operation: 'update', missing: [pods('list')], extra: [{ apiGroups: ['apps'] }],
    object: { ...existing, metadata: { name: 'r', labels: { mine: '1', default: '1' } }, rules: [...existing.rules!, pods('list')] },
  });
});

test('what is extra goes where that is asked for', () => {
  expect(reconcileRole(role([pods('get', 'list')]), role([pods('get')]), true)).toMatchObject({ operation: 'update', extra: [pods('list')], object: { rules: [pods('get')] } });
  expect(reconcileBinding(binding('x', 'a', 'c'), binding('x', 'b'), true)).toMatchObject({ operation: 'update', missing: users('b'), extra: users('a', 'c'), object: { subjects: users('b') } });
});

test('selectors of aggregation are kept apart from rules', () => {
  const of = (...names: string[]) => ({ aggregationRule: { clusterRoleSelectors: names.map((name) => ({ matchLabels: { name } })) } });
  expect(reconcileRole(role([pods('get')], of('a')), role([], of('b')))).toMatchObject({ operation: 'update', extra: [], object: of('a', 'b') });
  expect(reconcileRole(role([pods('get')], of('a')), role([], of('b')), true)).toMatchObject({ object: of('b') });
  expect(reconcileRole(role([], of('a')), role([])).object.aggregationRule).toBeUndefined();
});

test('what is not to be updated says so', () => {
  const metadata = { name: 'r', annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'false' } };
  expect(reconcileRole(role([], { metadata }), role([pods('get')]))).toMatchObject({ isProtected: true, operation: 'update' });
});

test('a binding to another role is made anew, a subject that is missing is added', () => {
  expect(reconcileBinding(binding('x', 'a'), binding('y', 'a')).operation).toBe('recreate');
  expect(reconcileBinding(binding('x', 'a', 'c'), binding('x', 'b'))).toMatchObject({ operation: 'update', object: { subjects: users('a', 'c', 'b') } });
});

test('grants are listed by what they are on', () => {
  expect(grantRows([pods('get'), pods('list'), { verbs: ['get'], nonResourceURLs: ['/x'] }, { verbs: ['update'], apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['a'] }])).toEqual([
    ['pods', '[]', '[]', '[get list]'], ['', '[/x]', '[]', '[get]'], ['deployments.apps/scale', '[]', '[a]', '[update]'],
  ]);
});
