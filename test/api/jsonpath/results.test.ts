import { compileJsonPath, compileJsonPathResults, relaxJsonPath } from '../../../src/api/jsonpath';

test('results keep their types, one list for each part of the template', () => {
  expect(compileJsonPathResults('{.a}{.b[*]}', { allowMissingKeys: true })({ a: { x: 1 }, b: [1, 'y'] })).toEqual([[{ x: 1 }], [1, 'y']]);
});

test('a compiled template can be used again', () => {
  const names = compileJsonPath('{range .items[*]}{.name} {end}');
  expect(names({ items: [{ name: 'a' }, { name: 'b' }] })).toBe('a b ');
  expect(names({ items: [{ name: 'c' }] })).toBe('c ');
});

test.each([
  ['metadata.name', '{.metadata.name}'], ['.metadata.name', '{.metadata.name}'], ['{metadata.name}', '{.metadata.name}'], ['{.metadata.name}', '{.metadata.name}'], ['', ''],
])('%s relaxed is %s', (expression, path) => expect(relaxJsonPath(expression)).toBe(path));

test.each(['{.a}{.b}', '{a', 'a}'])('%s is no single path', (expression) => expect(() => relaxJsonPath(expression)).toThrow('unexpected path string'));

test('what objects inherit is not found', () => {
  expect(compileJsonPath('{.constructor}', { allowMissingKeys: true })({})).toBe('');
});
