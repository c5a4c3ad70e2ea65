import { indentJson } from '../../../src/cli/print/indent-json';

test.each([
  ['{}', '{}'],
  ['[]\n', '[]\n'],
  ['{"a":1.0,"b":[1,"x, {y}"],"c":{},"d":[]}\n', '{\n  "a": 1.0,\n  "b": [\n    1,\n    "x, {y}"\n  ],\n  "c": {},\n  "d": []\n}\n'],
  ['{ "a" : "\\"" }', '{\n  "a": "\\""\n}'],
  ['"alone"', '"alone"'],
])('%s', (text, expected) => {
  expect(indentJson(text, '  ')).toBe(expected);
});
