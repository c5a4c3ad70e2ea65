import { envNameOf, parseEnv, splitEnvArgs, updatedEnv } from '../../../../src/cli/verbs/set/env-args';

const stdin = async () => 'FIRST=1 # a comment\n# none\nSECOND=a=b\r\nno sign\n';

test('resources stand before variables', () => {
  expect(splitEnvArgs(['deploy', 'web', 'A=1', 'B-', '-'])).toEqual({ resources: ['deploy', 'web'], env: ['A=1', 'B-', '-'] });
  expect(splitEnvArgs(['A=1', 'web'])).toBeUndefined();
});

test('variables are set, removed and read', async () => {
  expect(await parseEnv(['A=1', 'B=', '-', 'C-'], stdin)).toEqual({
    set: [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'FIRST', value: '1 ' }, { name: 'SECOND', value: 'a=b' }], remove: ['C'],
  });
});

test.each<[string[], string]>([
  [['A=1', 'A-'], 'can not both modify and remove the same environment variable in the same command'],
  [['1A=1'], '"1A" is not a valid key name: a valid environment variable name must consist of'],
  [['word'], 'unknown environment variable: word'],
])('%j is refused', async (specs, message) => {
  await expect(parseEnv(specs, stdin)).rejects.toThrow(message);
});

test('variables keep their place, new ones come last', () => {
  const existing = [{ name: 'A', value: '1' }, { name: 'B', value: '1' }, { name: 'C', value: '1' }];
  expect(updatedEnv(existing, { set: [{ name: 'D', value: '2' }, { name: 'B', value: '2' }], remove: ['A'] })).toEqual([
    { name: 'B', value: '2' }, { name: 'C', value: '1' }, { name: 'D', value: '2' },
  ]);
});

test('keys become names', () => {
  expect(envNameOf('some.key-1')).toBe('SOME_KEY_1');
});
