import { parseYaml, parseYamlOrJson, readDocuments } from '../../../src/api/yaml';

test('integers that a number cannot hold', () => {
  expect(parseYaml('a: 9007199254740993', { bigints: true })).toEqual([{ a: 9007199254740993n }]);
  expect(parseYaml('a: 9007199254740993')).toEqual([{ a: 9007199254740992 }]);
  expect(parseYaml('a: 18446744073709551615', { bigints: true })).toEqual([{ a: 18446744073709552000 }]);
});

test('alias bombs are refused', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [to, from] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg']) lines.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
  expect(() => parseYaml(lines.join('\n'))).toThrow('error converting YAML to JSON: yaml: document contains excessive aliasing');
});

test('depth is limited', () => {
  expect(() => parseYaml('['.repeat(20_000))).toThrow('yaml: exceeded max depth of 10000');
});

test('documents before a bad one are handed out first', () => {
  const documents = readDocuments('a: 1\n---\nb: [\n');
  expect(documents.next().value).toEqual({ a: 1 });
  expect(() => documents.next()).toThrow('yaml: line 1: did not find expected node content');
});

test('a patch is one value, JSON or YAML, without the prefix that manifests have in errors', () => {
  expect(parseYamlOrJson('{"a":1}')).toEqual({ a: 1 });
  expect(parseYamlOrJson('a: 1\n---\nb: 2')).toEqual({ a: 1 });
  expect(parseYamlOrJson('- 1')).toEqual([1]);
  expect(parseYamlOrJson('')).toBeNull();
  expect(() => parseYamlOrJson('a: b: c')).toThrow(/^yaml: mapping values are not allowed in this context$/);
  expect(() => parseYamlOrJson('{"a":1')).toThrow('unexpected EOF');
  expect(() => parseYamlOrJson('{"a":1}x')).toThrow("invalid character 'x' after top-level value");
});

test('a key called __proto__ is a key', () => {
  const [object] = parseYaml('__proto__: {a: 1}');
  expect(Object.keys(object!)).toEqual(['__proto__']);
});
