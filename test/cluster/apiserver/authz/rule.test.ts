import type { PolicyRule } from '../../../../src/api/generated/rbac.v1';
import { compact, ruleText, uncovered } from '../../../../src/api/rbac';
import { ruleAllows } from '../../../../src/cluster/apiserver/authz/rbac/rule';

const rule = (verbs: string, apiGroups: string[], resources: string, resourceNames?: string[]): PolicyRule =>
  ({ verbs: verbs.split(' '), apiGroups, resources: resources.split(' '), ...(resourceNames && { resourceNames }) });
const on = (verb: string, group: string, resource: string, subresource?: string, name?: string) =>
  ({ verb, path: '', resource: { group, version: 'v1', resource, ...(subresource && { subresource }), ...(name && { name }) } });

test.each<[PolicyRule, ReturnType<typeof on>, boolean]>([
  [rule('get list', [''], 'pods'), on('get', '', 'pods'), true],
  [rule('get list', [''], 'pods'), on('delete', '', 'pods'), false],
  [rule('get', [''], 'pods'), on('get', 'apps', 'pods'), false],
  [rule('*', ['*'], '*'), on('frobnicate', 'x.example', 'things', 'scale', 'a'), true],
  [rule('get', [''], 'pods'), on('get', '', 'pods', 'log'), false],
  [rule('get', [''], 'pods/log'), on('get', '', 'pods', 'log'), true],
  [rule('get', [''], 'pods/log'), on('get', '', 'pods'), false],
  [rule('update', ['*'], '*/scale'), on('update', 'apps', 'deployments', 'scale'), true],
  [rule('update', ['*'], '*/scale'), on('update', 'apps', 'deployments', 'status'), false],
  [rule('update', ['*'], '*/scale'), on('update', 'apps', 'deployments'), false],
  [rule('get', [''], 'secrets', ['a', 'b']), on('get', '', 'secrets', undefined, 'b'), true],
  [rule('get', [''], 'secrets', ['a', 'b']), on('get', '', 'secrets', undefined, 'c'), false],
  [rule('list', [''], 'secrets', ['a']), on('list', '', 'secrets'), false],
])('%j, %j: %s', (held, wanted, allowed) => expect(ruleAllows(held, wanted)).toBe(allowed));

test.each([
  ['/healthz', '/healthz', true], ['/healthz/*', '/healthz', false], ['/healthz/*', '/healthz/etcd', true], ['*', '/anything', true], ['/api', '/apis', false],
])('URL %s and path %s: %s', (url, path, allowed) => {
  expect(ruleAllows({ verbs: ['get'], nonResourceURLs: [url] }, { verb: 'get', path })).toBe(allowed);
  expect(ruleAllows({ verbs: ['get'], nonResourceURLs: [url] }, on('get', '', 'pods'))).toBe(false);
});

test('what no rule covers, in single rules and as one text', () => {
  const held = [rule('get list', [''], 'pods pods/log'), rule('*', ['apps'], '*/scale'), { verbs: ['get'], nonResourceURLs: ['/api/*'] }];
  expect(uncovered(held, [rule('get', [''], 'pods'), rule('update', ['apps'], 'deployments/scale'), { verbs: ['get'], nonResourceURLs: ['/api/v1'] }])).toEqual([]);
  const missing = uncovered(held, [rule('get list watch delete', [''], 'pods'), rule('get', [''], 'secrets', ['a']), { verbs: ['post'], nonResourceURLs: ['/api/v1'] }]);
  expect(compact(missing).map(ruleText)).toEqual([
    '{NonResourceURLs:["/api/v1"], Verbs:["post"]}',
    '{APIGroups:[""], Resources:["pods"], Verbs:["watch" "delete"]}',
    '{APIGroups:[""], Resources:["secrets"], ResourceNames:["a"], Verbs:["get"]}',
  ]);
});

test('a rule for one name is no rule for all, and none for all but that name', () => {
  expect(uncovered([rule('get', [''], 'secrets', ['a'])], [rule('get', [''], 'secrets')])).toHaveLength(1);
  expect(uncovered([rule('get', [''], 'secrets')], [rule('get', [''], 'secrets', ['a'])])).toEqual([]);
  expect(uncovered([rule('get', [''], 'pods')], [rule('*', [''], 'pods')])).toHaveLength(1);
});
