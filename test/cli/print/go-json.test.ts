import fc from 'fast-check';
import { goJson } from '../../../src/cli/print/go-json';

test.each<[unknown, string]>([
  [{ b: 1, a: { d: [], c: {} } }, '{\n    "a": {\n        "c": {},\n        "d": []\n    },\n    "b": 1\n}'],
  [{ 10: 'x', 9: 'y', '-': 'z' }, '{\n    "-": "z",\n    "10": "x",\n    "9": "y"\n}'],
  ['<a & b>\u2028', '"\\u003ca \\u0026 b\\u003e\\u2028"'],
  [[1, 'a', null, true], '[\n    1,\n    "a",\n    null,\n    true\n]'],
  [{ a: undefined }, '{}'],
])('%j', (value, text) => {
  expect(goJson(value, '    ')).toBe(text);
});

test('structs keep their order', () => {
  expect(goJson({ b: 1, a: 2 }, '', { keepOrder: true })).toBe('{"b":1,"a":2}');
});

test('what is written can be read', () => {
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    expect(JSON.parse(goJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  }));
});
