import type { RuleWithOperations } from '../../../../src/api/generated/admissionregistration.v1';
import { matchesRule } from '../../../../src/cluster/apiserver/admission/matching/rules';
import type { AdmissionRequest } from '../../../../src/cluster/apiserver/registry/registry';
import { kinds } from '../../../../src/kinds';

const all = { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] };
const kindOf = (plural: string) => kinds.find((kind) => kind.plural === plural)!;

test.each<[string, object, string, boolean]>([
  ['everything', {}, 'pods', true],
  ['everything, of a subresource', {}, 'pods/status', true],
  ['all resources are not their subresources', { resources: ['*'] }, 'pods/status', false],
  ['a resource', { resources: ['services', 'pods'] }, 'pods', true],
  ['another resource', { resources: ['services'] }, 'pods', false],
  ['one subresource of all', { resources: ['*/status'] }, 'pods/status', true],
  ['all subresources of one, and itself', { resources: ['pods/*'] }, 'pods', true],
  ['a subresource', { resources: ['pods/status'] }, 'pods/log', false],
  ['a group', { apiGroups: ['apps'] }, 'deployments', true],
  ['the core group is empty', { apiGroups: [''] }, 'pods', true],
  ['another group', { apiGroups: ['apps'] }, 'pods', false],
  ['a version', { apiVersions: ['v2'] }, 'pods', false],
  ['an operation', { operations: ['CREATE'] }, 'pods', true],
  ['another operation', { operations: ['DELETE'] }, 'pods', false],
  ['what is in namespaces', { scope: 'Namespaced' }, 'pods', true],
  ['what is in none', { scope: 'Cluster' }, 'pods', false],
  ['nodes are in none', { scope: 'Cluster' }, 'nodes', true],
  ['nor are namespaces in themselves', { scope: 'Cluster' }, 'namespaces', true],
  ['a namespace is not namespaced', { scope: 'Namespaced' }, 'namespaces', false],
])('%s', (_what, rule, of, expected) => {
  const [plural = '', subresource] = of.split('/');
  const kind = kindOf(plural);
  const request = { operation: 'CREATE', kind, name: 'x', ...(kind.namespaced && { namespace: 'n' }), ...(subresource && { subresource }) } as AdmissionRequest;
  expect(matchesRule({ ...all, ...rule } as RuleWithOperations, request, kind)).toBe(expected);
});
