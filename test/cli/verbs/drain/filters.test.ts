import type { Pod } from '../../../../src/api/generated/core.v1';
import { errorsOf, judge, warningsOf, type DaemonSetLookup, type FilterOptions } from '../../../../src/cli/verbs/drain/filters';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const options: FilterOptions = { force: false, ignoreDaemonSets: false, deleteEmptyDirData: false, skipAfterSeconds: 0, nowMs };
const owned = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u', controller: true }] };
const pod = (metadata: object = owned, more: object = {}): Pod => ({ metadata: { name: 'p', namespace: 'n', ...metadata }, ...more }) as Pod;
const withEmptyDir = { spec: { volumes: [{ name: 'v', emptyDir: {} }] } };
const ending = { ...owned, deletionTimestamp: '2025-12-31T23:59:00Z' };

test.each<[string, Pod, Partial<FilterOptions>, DaemonSetLookup, object]>([
  ['an ordinary pod goes', pod(), {}, undefined, { goes: true }],
  ['one of a daemon set does not', pod(), {}, { found: true }, { goes: false, error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' }],
  ['unless it may stay', pod(), { ignoreDaemonSets: true }, { found: true }, { goes: false, warning: 'ignoring DaemonSet-managed Pods' }],
  ['its daemon set is gone', pod(), {}, { found: false, missing: true, message: 'gone' }, { goes: false, error: 'gone' }],
  ['by force it goes then', pod({ ...owned }), { force: true }, { found: false, missing: true, message: 'gone' }, { goes: true }],
  ['a mirror pod stays', pod({ ...owned, annotations: { 'kubernetes.io/config.mirror': 'x' } }), {}, undefined, { goes: false }],
  ['data would be lost', pod(owned, withEmptyDir), {}, undefined, { goes: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' }],
  ['and may be', pod(owned, withEmptyDir), { deleteEmptyDirData: true }, undefined, { goes: true }],
  ['a finished pod has no data to lose', pod({}, { ...withEmptyDir, status: { phase: 'Succeeded' } }), {}, undefined, { goes: true }],
  ['nobody would replace it', pod({}), {}, undefined, { goes: false, error: 'cannot delete Pods that declare no controller (use --force to override)' }],
  ['by force', pod({}), { force: true }, undefined, { goes: true, warning: 'deleting Pods that declare no controller' }],
  ['it has been ending for long', pod(ending), { skipAfterSeconds: 30 }, undefined, { goes: false }],
  ['it has not been ending for long', pod(ending), { skipAfterSeconds: 60 }, undefined, { goes: true }],
])('%s', (_, of, more, daemonSet, verdict) => {
  expect(judge(of, { ...options, ...more }, daemonSet)).toEqual(verdict);
});

test('the same text stands once, with its pods', () => {
  const of = (name: string, verdict: object) => ({ pod: pod({ name }), verdict: { goes: false, ...verdict } });
  const judged = [of('a', { error: 'x' }), of('b', { error: 'x' }), of('c', { warning: 'w' }), of('d', { error: 'y' })];
  expect(errorsOf(judged).map(({ message }) => message)).toEqual(['cannot delete x: n/a, n/b', 'cannot delete y: n/d']);
  expect(warningsOf(judged)).toBe('w: n/c');
});
