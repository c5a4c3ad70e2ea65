import { compileExpression, listOf, mapOf, Meter, objectOf, types } from '../../../src/api/cel';
import { outcome } from './support';

const object = { a: { b: 1, c: [1, 2.5, 'x'], d: null, 'e-f': true }, list: [3, 1, 2], text: 'hello' };

test.each<[string, unknown]>([
  ['1 + 2 * 3 - 4 / 2 % 3', 5], ['-7 / 2', -3], ['-7 % 3', -1], ['1.5 * 2.0', 3], ['5u + 3u', '8u'], ['"a" + "b"', 'ab'], ['[1] + [2]', [1, 2]], ["b'ab' + b'\\xff'", [97, 98, 255]],
  ['1 < 2.5 && 3u >= 2', true], ['"b" > "a"', true], ['1 == 1 && "1" != "2"', true], ['dyn(1) == 1.0', true], ['dyn(1) == "1"', false], ['null == null', true], ['[1, 2] == [1, 2]', true], ['{"a": 1} == {"a": 1}', true],
  ['true ? "yes" : "no"', 'yes'], ['!false', true], ['--5', 5], ['-9223372036854775808', -(2 ** 63)], ['0x1F', 31], ['1e3', 1000], ['.5', 0.5],
  ["r'\\d'", '\\d'], ['"""a"b"""', 'a"b'], ["'\\u00e9\\x41\\101\\n'", 'éAA\n'], ['"tab\\t" // comment', 'tab\t'],
  ['object.a.b', 1], ['object["a"]["e-f"]', true], ['object.a.c[2]', 'x'], ['has(object.a.b) && !has(object.a.z)', true], ['has(object.a.d)', true], ['object.a.d == null', true],
  ['object.a.?z.orValue("none")', 'none'], ['object.?q.?z.hasValue()', false], ['object[?"a"].?b', { some: 1 }], ['object.list[?7]', 'none'], ['[?object.?nope, 1]', [1]], ['{?"k": object.?text}', { k: 'hello' }],
  ['optional.of(2).optMap(x, x * 2).value()', 4], ['optional.none().or(optional.of(1))', { some: 1 }], ['optional.ofNonZeroValue("")', 'none'], ['object.a.?b.optFlatMap(x, x > 0 ? optional.of("p") : optional.none())', { some: 'p' }],
  ['object.list.all(x, x > 0)', true], ['object.list.exists(x, x == 2)', true], ['object.list.exists_one(x, x > 2)', true], ['object.list.map(x, x * 10)', [30, 10, 20]], ['object.list.map(x, x > 1, x)', [3, 2]], ['object.list.filter(x, x > 1)', [3, 2]],
  ['object.a.filter(k, k.startsWith("e"))', ['e-f']], ['{"a": 1, "b": 2}.all(k, v, k != "" && v > 0)', true], ['["x", "y"].exists(i, v, i == 1 && v == "y")', true], ['[5, 6].transformList(i, v, i + v)', [5, 7]],
  ['{"a": 1}.transformMap(k, v, v + 1)', { a: 2 }], ['{"a": "b"}.transformMapEntry(k, v, {v: k})', { b: 'a' }], ['[1, 2, 3].transformList(i, v, i > 0, v)', [2, 3]], ['[[1, 2], [3]].map(x, x.map(y, y + size(x)))', [[3, 4], [4]]],
  ['2 in object.list && "a" in object', true], ['type(1) == int && type("") == string && type([]) == list', true], ['type(object)', 'type map'], ['type(timestamp("2024-01-01T00:00:00Z"))', 'type google.protobuf.Timestamp'],
  // What decides makes an error on the other side not matter.
  ['1 / 0 == 1 || true', true], ['true || 1 / 0 == 1', true], ['false && 1 / 0 == 1', false], ['[0, 1].exists(x, 1 / x == 1)', true], ['[0, 1].all(x, 1 / x == 5)', false],
])('%s', (expression, expected) => {
  expect(outcome(expression, object)).toEqual(expected);
});

test.each([
  ['1 / 0', 'division by zero'], ['1 % 0', 'modulus by zero'], ['9223372036854775807 + 1', 'integer overflow'], ['0u - 1u', 'unsigned integer overflow'], ['object.zz', 'no such key: zz'], ['object.list[9]', 'index out of bounds: 9'],
  ['object.text.b', 'no such key: b'], ['object.text[0]', 'no such key: 0'], ['dyn(1) + "a"', 'no such overload'], ['dyn(1).startsWith("a")', 'no such overload: startsWith(int, string)'], ['optional.none().value()', 'optional.none() dereference'], ['1 / 0 == 1 && true', 'division by zero'],
  ['object.text ? 1 : 2', 'no such overload'], ['{"a": 1, "a": 2}', 'Failed with repeated key'],
])('%s fails', (expression, why) => {
  expect(outcome(expression, object)).toBe(`error: ${why}`);
});

const operand = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

test.each([
  ['foo.bar', `1:1: undeclared reference to 'foo' (in container '')\n | foo.bar\n | ^`],
  ['1 + "a"', `1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + "a"\n | ..^`],
  ['"a".startsWith(1)', `1:15: found no matching overload for 'startsWith' applied to 'string.(int)'\n | "a".startsWith(1)\n | ..............^`],
  ['"a".nope()', `1:9: undeclared reference to 'nope' (in container '')\n | "a".nope()\n | ........^`],
  ['[1, "a"]', `1:5: expected type 'int' but found 'string'\n | [1, "a"]\n | ....^`],
  ['1 == 1.0', `1:3: found no matching overload for '_==_' applied to '(int, double)'\n | 1 == 1.0\n | ..^`],
  ['"a".b', `1:4: type 'string' does not support field selection\n | "a".b\n | ...^`],
  ['1.all(x, true)', `1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | 1.all(x, true)\n | ^`],
  ['[1].all(x, x)', `1:8: found no matching overload for '_&&_' applied to '(bool, int)'\n | [1].all(x, x)\n | .......^`],
  ['[1].all(1, true)', `1:9: argument must be a simple name\n | [1].all(1, true)\n | ........^`],
  ['has(1)', '1:4: invalid argument to has() macro\n | has(1)\n | ...^'],
  ['1 +', `1:4: Syntax error: mismatched input '<EOF>' expecting ${operand}\n | 1 +\n | ...^`],
  ['a b', `1:3: Syntax error: extraneous input 'b' expecting <EOF>\n | a b\n | ..^`],
  ['f(1', `1:4: Syntax error: missing ')' at '<EOF>'\n | f(1\n | ...^`],
  ['1 # 2', "1:3: Syntax error: token recognition error at: '#'\n | 1 # 2\n | ..^"],
  ['namespace', '1:1: reserved identifier: namespace\n | namespace\n | ^'],
  ['object.namespace == 1 &&\n  oops', `2:3: undeclared reference to 'oops' (in container '')\n |   oops\n | ..^`],
  ['9223372036854775808', '1:1: invalid int literal\n | 9223372036854775808\n | ^'],
  ['"x".matches("[")', '1:13: invalid matches argument\n | "x".matches("[")\n | ............^'],
  ['Object{a: 1}', `1:7: undeclared reference to 'Object' (in container '')\n | Object{a: 1}\n | ......^`],
])('%s is refused', (expression, why) => {
  expect(outcome(expression)).toBe(`error: ${why}`);
});

describe('types', () => {
  const self = objectOf('Self', { name: types.string, count: types.int, tags: listOf(types.string), labels: mapOf(types.string, types.string) });
  const variables = new Map([['self', self]]);
  const typeOf = (expression: string) => {
    try {
      return compileExpression(expression, variables).type;
    } catch (error) {
      return (error as Error).message.split('\n')[0];
    }
  };

  test.each<[string, unknown]>([
    ['self.count + 1', types.int], ['self.tags.map(t, t.size())', listOf(types.int)], ['self.labels["a"]', types.string], ['self.labels.filter(k, k != "")', listOf(types.string)], ['[]', listOf(types.dyn)],
    ['self.?name', { kind: 'opaque', name: 'optional_type', parameters: [types.string] }], ['self.tags.exists(t, t == self.name)', types.bool], ['{}', mapOf(types.dyn, types.dyn)], ['dyn(self.count)', types.dyn], ['true ? self.tags : []', listOf(types.string)],
    ['self.nope', "ERROR: <input>:1:5: undefined field 'nope'"], ['self.count == self.name', "ERROR: <input>:1:12: found no matching overload for '_==_' applied to '(int, string)'"], ['self.tags.sum()', "ERROR: <input>:1:14: found no matching overload for 'sum' applied to 'list(string).()'"],
  ])('%s', (expression, expected) => expect(typeOf(expression)).toEqual(expected));
});

describe('costs', () => {
  const numbers = { l: Array.from({ length: 500 }, (_, at) => at) };

  test('a runaway expression is ended, and nothing absorbs that', () => {
    const nested = 'object.l.all(a, object.l.all(b, object.l.all(c, a + b + c >= 0)))';
    expect(outcome(`${nested} || true`, numbers)).toBe('error: operation cancelled: actual cost limit exceeded');
    expect(outcome('object.l.all(a, a >= 0)', numbers)).toBe(true);
  });

  test('grow with what is looked at', () => {
    const cost = (expression: string) => {
      const meter = new Meter();
      compileExpression(expression, new Map()).evaluate(() => null, meter);
      return meter.spent;
    };
    expect(cost('1 + 1 + 1')).toBe(2);
    expect(cost("'a'.contains('b')")).toBe(1);
    expect(cost(`'${'a'.repeat(1000)}'.contains('${'b'.repeat(100)}')`)).toBe(1000);
  });

  test('depth is bounded', () => {
    expect(outcome(`${'('.repeat(400)}1${')'.repeat(400)}`)).toMatch(/expression recursion limit exceeded: 250/);
    expect(outcome('1'.repeat(100_001))).toMatch(/expression code point size exceeds limit: size: 100001, limit 100000/);
  });
});
