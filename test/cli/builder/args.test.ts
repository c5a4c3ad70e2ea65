import { parseResourceArgs } from '../../../src/cli/builder/args';

const expand = async (word: string) => (word === 'all' ? ['pods', 'deployments.apps'] : [word]);
const parse = (line: string) => parseResourceArgs(line.split(' ').filter(Boolean), expand, 'kubectl');

test.each<[string, object]>([
  ['', { by: 'nothing' }],
  ['pods', { by: 'types', types: ['pods'] }],
  ['pods,svc,pods', { by: 'types', types: ['pods', 'svc'] }],
  ['all', { by: 'types', types: ['pods', 'deployments.apps'] }],
  ['all,svc', { by: 'types', types: ['pods', 'deployments.apps', 'svc'] }],
  ['pods a b', { by: 'names', types: ['pods'], names: ['a', 'b'] }],
  ['pod/a svc/b', { by: 'pairs', pairs: [{ type: 'pod', name: 'a' }, { type: 'svc', name: 'b' }] }],
  ['pod,svc a b', { by: 'pairs', pairs: [{ type: 'pod', name: 'a' }, { type: 'pod', name: 'b' }, { type: 'svc', name: 'a' }, { type: 'svc', name: 'b' }] }],
])('%s', async (line, expected) => {
  expect(await parse(line)).toEqual(expected);
});

test.each([
  ['pods a svc/b', 'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form'],
  ['a/b/c', 'arguments in resource/name form may not have more than one slash'],
  ['a/', 'arguments in resource/name form must have a single resource and name'],
  ['/a', 'arguments in resource/name form must have a single resource and name'],
  ['a,b/c', 'arguments in resource/name form must have a single resource and name'],
])('refuses %s', async (line, text) => {
  await expect(parse(line)).rejects.toThrow(text);
});
