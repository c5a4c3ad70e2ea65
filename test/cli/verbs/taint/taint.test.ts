import { changedTaints, contradictions } from '../../../../src/cli/verbs/taint/change';
import { parseTaints, splitTaintArgs, taintText } from '../../../../src/cli/verbs/taint/parse';

test('resources stand before taints', () => {
  expect(splitTaintArgs(['nodes', 'a', 'k=v:NoSchedule', 'x-'])).toEqual({ resources: ['nodes', 'a'], taints: ['k=v:NoSchedule', 'x-'] });
  expect(splitTaintArgs(['nodes', 'a'])).toEqual({ resources: ['nodes', 'a'], taints: [] });
  expect(() => splitTaintArgs(['nodes', 'k-', 'a'])).toThrow('all resources must be specified before taint changes: a');
});

test('what is added and what is removed', () => {
  expect(parseTaints(['a=1:NoSchedule', 'b:NoExecute', 'c-', 'd:NoSchedule-'])).toEqual({
    add: [{ key: 'a', value: '1', effect: 'NoSchedule' }, { key: 'b', value: '', effect: 'NoExecute' }],
    remove: [{ key: 'c', value: '', effect: '' }, { key: 'd', value: '', effect: 'NoSchedule' }],
  });
  expect(taintText({ key: 'a', value: '1', effect: 'NoSchedule' })).toBe('a=1:NoSchedule');
  expect(taintText({ key: 'a', value: '', effect: '' })).toBe('a');
});

test.each([
  ['a', 'invalid taint spec: a'],
  ['a=1:Nope', 'invalid taint effect: Nope, unsupported taint effect'],
  ['a:b:NoSchedule', 'invalid taint spec: a:b:NoSchedule'],
  ['a=1:NoSchedule a=2:NoSchedule', 'duplicated taints with the same key and effect: {a 2 NoSchedule <nil>}'],
])('%s is refused', (specs, message) => {
  expect(() => parseTaints(specs.split(' '))).toThrow(new Error(message));
});

const old = [{ key: 'a', value: '1', effect: 'NoSchedule' as const }];

test.each<[string, string, boolean, string, string[]]>([
  ['nothing to remove', 'b:NoExecute', false, 'tainted', ['b:NoExecute', 'a=1:NoSchedule']],
  ['one goes', 'a-', false, 'untainted', []],
  ['one comes, one goes', 'b:NoExecute a:NoSchedule-', false, 'modified', ['b:NoExecute']],
  ['one is overwritten', 'a=2:NoSchedule', true, 'modified', ['a=2:NoSchedule']],
  ['another effect is another taint', 'a=1:NoExecute', false, 'tainted', ['a=1:NoExecute', 'a=1:NoSchedule']],
])('%s', (_, specs, overwrite, operation, expected) => {
  const { operation: actual, taints } = changedTaints({ name: 'n', taints: old }, parseTaints(specs.split(' ')), overwrite);
  expect([actual, taints.map(({ key, value = '', effect }) => taintText({ key, value, effect }))]).toEqual([operation, expected]);
});

test('what cannot be', () => {
  const change = (spec: string) => () => changedTaints({ name: 'n', taints: old }, parseTaints(spec.split(' ')), false);
  expect(change('a=1:NoSchedule')).toThrow('node n already has a taint(s) with same effect(s) and --overwrite is false');
  expect(change('b-')).toThrow('taint "b" not found');
  expect(contradictions(parseTaints(['a=1:NoSchedule', 'a-']))).toEqual(['a=']);
});
