import { clusterRole } from '../../../src/kinds/rbac.authorization.k8s.io/clusterrole/kind';
import { clusterRoleBinding } from '../../../src/kinds/rbac.authorization.k8s.io/clusterrolebinding/kind';
import { role } from '../../../src/kinds/rbac.authorization.k8s.io/role/kind';
import { roleBinding } from '../../../src/kinds/rbac.authorization.k8s.io/rolebinding/kind';
import { podDisruptionBudget } from '../../../src/kinds/policy/poddisruptionbudget/kind';
import { priorityClass } from '../../../src/kinds/scheduling.k8s.io/priorityclass/kind';
import { created, createErrors, defaulted, updateErrors } from '../create';
import { row, titles } from '../row';

const roleRef = { kind: 'ClusterRole', name: 'view' };

test('names of roles may be anything that fits into a path', () => {
  expect(createErrors(role, { metadata: { name: 'system:reader' }, rules: [] })).toEqual([]);
  expect(createErrors(role, { metadata: { name: 'a/b' } })).toEqual(["metadata.name: Invalid value: \"a/b\": may not contain '/'"]);
});

test.each<[string, object, string[]]>([
  ['good', { verbs: ['get'], apiGroups: [''], resources: ['pods'] }, []],
  ['empty', {}, ['rules[0].verbs: Required value: verbs must contain at least one value', 'rules[0].apiGroups: Required value: resource rules must supply at least one api group', 'rules[0].resources: Required value: resource rules must supply at least one resource']],
  ['of a path', { verbs: ['get'], nonResourceURLs: ['/x'] }, ['rules[0].nonResourceURLs: Invalid value: []string{"/x"}: namespaced rules cannot apply to non-resource URLs']],
])('rule: %s', (_, rule, expected) => expect(createErrors(role, { rules: [rule] })).toEqual(expected));

test('cluster role', () => {
  expect(createErrors(clusterRole, { rules: [{ verbs: ['get'], nonResourceURLs: ['/x'] }] })).toEqual([]);
  expect(createErrors(clusterRole, { aggregationRule: {} })).toEqual(['aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil']);
});

test('bindings', () => {
  expect(defaulted(roleBinding, { roleRef, subjects: [{ kind: 'User', name: 'jane' }, { kind: 'ServiceAccount', name: 'x' }] }))
    .toMatchObject({ roleRef: { apiGroup: 'rbac.authorization.k8s.io' }, subjects: [{ apiGroup: 'rbac.authorization.k8s.io' }, { kind: 'ServiceAccount' }] });
  expect(createErrors(roleBinding, { roleRef, subjects: [{ kind: 'ServiceAccount', name: 'x' }] })).toEqual([]);
  expect(createErrors(clusterRoleBinding, { roleRef: { kind: 'Role', name: 'x' }, subjects: [{ kind: 'ServiceAccount', name: 'x' }, { kind: 'Dog' }] })).toEqual([
    'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"', 'subjects[0].namespace: Required value', 'subjects[1].name: Required value',
    'subjects[1].kind: Unsupported value: "Dog": supported values: "Group", "ServiceAccount", "User"',
  ]);
  expect(updateErrors(roleBinding, { roleRef }, { roleRef: { ...roleRef, name: 'edit' } }))
    .toEqual(['roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"ClusterRole", Name:"edit"}: cannot change roleRef']);
});

test('disruption budget', () => {
  expect(created(podDisruptionBudget, { spec: { minAvailable: 1 } }).status).toEqual({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 });
  expect(createErrors(podDisruptionBudget, { spec: { minAvailable: '120%' } })).toEqual(['spec.minAvailable: Invalid value: "120%": must not be greater than 100%']);
  expect(createErrors(podDisruptionBudget, { spec: { minAvailable: 1, maxUnavailable: 1 } })[0]).toMatch(/minAvailable and maxUnavailable cannot be both set$/);
});

test('priority class', () => {
  expect(createErrors(priorityClass, { value: 1 })).toEqual([]);
  expect(createErrors(priorityClass, { value: 2_000_000_000 })).toEqual(['value: Forbidden: maximum allowed value of a user defined priority is 1000000000']);
  expect(createErrors(priorityClass, { metadata: { name: 'system-mine' }, value: 1 }))
    .toEqual(["metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class"]);
  expect(updateErrors(priorityClass, { value: 1 }, { value: 2 })).toEqual(['value: Forbidden: may not be changed in an update.']);
});

test.each([
  [role, 'Created At', {}, '2026-01-31T11:00:00Z'],
  [roleBinding, 'Role, Age | Users, Groups, ServiceAccounts', { roleRef, subjects: [{ kind: 'User', name: 'u' }, { kind: 'User', name: 'v' }, { kind: 'ServiceAccount', namespace: 'n', name: 's' }] }, 'ClusterRole/view 60m | u, v  n/s'],
  [podDisruptionBudget, 'Min Available, Max Unavailable, Allowed Disruptions, Age', { spec: { minAvailable: '50%' }, status: { disruptionsAllowed: 2 } }, '50% N/A 2 60m'],
  [priorityClass, 'Value, Global-Default, Age, PreemptionPolicy', { value: 5, preemptionPolicy: 'Never' }, '5 false 60m Never'],
] as const)('columns of %p', (kind, expected, object, cells) => {
  expect(titles(kind)).toBe(expected);
  expect(row(kind, object)).toBe(cells);
});
