import { contentConditions, type Looked } from '../../../src/cluster/controllers/namespace-contents/conditions';

const nowMs = Date.parse('2026-01-02T00:00:00Z');
const nothing: Looked = { remaining: [], failures: [], unknown: [] };
const told = (looked: Partial<Looked>) => contentConditions([], { ...nothing, ...looked }, nowMs).filter(({ status }) => status === 'True').map(({ type, reason, message }) => [type, reason, message]);

test('what keeps a namespace is told', () => {
  expect(told({})).toEqual([]);
  expect(told({ unknown: ['b.test/v1', 'a.test/v1'] })).toEqual([['NamespaceDeletionDiscoveryFailure', 'DiscoveryFailed', 'Discovery failed for some groups, 2 failing: unable to retrieve '
    + 'the complete list of server APIs: a.test/v1: stale GroupVersion discovery: a.test/v1, b.test/v1: stale GroupVersion discovery: b.test/v1']]);
  expect(told({ failures: [new Error('no')] })).toEqual([['NamespaceDeletionContentFailure', 'ContentDeletionFailed', 'Failed to delete all resource types, 1 remaining: no']]);
  expect(told({ remaining: [{ resource: { group: 'a.test', plural: 'toys' }, objects: [{ metadata: { name: 'a', finalizers: ['f.test/x'] } }] }] })).toEqual([
    ['NamespaceContentRemaining', 'SomeResourcesRemain', 'Some resources are remaining: toys.a.test has 1 resource instances'],
    ['NamespaceFinalizersRemaining', 'SomeFinalizersRemain', 'Some content in the namespace has finalizers remaining: f.test/x in 1 resource instances'],
  ]);
});

test('a condition changes its time with its status', () => {
  const before = [{ type: 'NamespaceContentRemaining', status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z', reason: 'ContentRemoved', message: '' }];
  expect(contentConditions(before, nothing, nowMs).map(({ type, lastTransitionTime }) => [type, lastTransitionTime])).toEqual(expect.arrayContaining([
    ['NamespaceContentRemaining', '2026-01-01T00:00:00Z'], ['NamespaceFinalizersRemaining', '2026-01-02T00:00:00Z'],
  ]));
});
