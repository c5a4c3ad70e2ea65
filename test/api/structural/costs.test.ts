import { schemaErrors, type Schema } from '../../../src/api/structural';
import { ruleCosts } from '../../../src/api/structural/cel';

/** A schema with a rule; `max` bounds it where it has one. */
type Make = (max?: number) => Schema;

const ruled = (schema: Schema, rule: string): Schema => ({ ...schema, 'x-kubernetes-validations': [{ rule }] });
const formats = ['duration', 'date', 'date-time'];

function typed(type: string): Schema {
  if (type === 'int-or-string') return { 'x-kubernetes-int-or-string': true };
  return formats.includes(type) ? { type: 'string', format: type } : { type };
}

const bounded = (name: 'maxItems' | 'maxLength' | 'maxProperties', max: number | undefined): Schema => (max === undefined ? {} : { [name]: max });
const text = (max?: number): Schema => ({ type: 'string', ...bounded('maxLength', max) });
const list = (items: Schema, max?: number): Schema => ({ type: 'array', items, ...bounded('maxItems', max) });
const map = (additionalProperties: Schema, max?: number): Schema => ({ type: 'object', additionalProperties, ...bounded('maxProperties', max) });
const pair = (max?: number): Schema => ({ type: 'object', required: ['required'], properties: { required: { type: 'string' }, optional: { type: 'string' } }, ...bounded('maxProperties', max) });

const listOf = (type: string, rule: string): Make => (max) => ruled(list(typed(type), max), rule);
const mapOf = (type: string, rule: string): Make => (max) => ruled(map(typed(type), max), rule);
const textWith = (rule: string): Make => (max) => ruled(text(max), rule);
const bytesWith = (rule: string): Make => (max) => ruled({ ...text(max), format: 'byte' }, rule);
const structure = (properties: Record<string, Schema>, rule: string): Schema => ruled({ type: 'object', properties }, rule);

const all = 'self.all(x, true)';
const deep = `self.all(x, x["y"].required == "z")`;

/** Rows: what the schema is, the cost without and with a bound of so many. Source of the figures: TestCostEstimation of apiextensions-apiserver. */
const rows: readonly [what: string, make: Make, unbounded: number, max: number, withMax: number][] = [
  ['numbers', listOf('number', all), 4718591, 10, 32], ['texts', listOf('string', all), 3145727, 20, 62], ['truths', listOf('boolean', all), 1887437, 5, 17],
  ['lists', (max) => ruled(list(list(typed('number')), max), all), 3145727, 100, 302], ['structures', (max) => ruled(list(pair(), max), all), 555128, 50, 152],
  ['map of numbers', mapOf('number', all), 1348169, 10, 32], ['map of texts', mapOf('string', all), 1179647, 3, 11], ['map of truths', mapOf('boolean', all), 943718, 100, 302],
  ['contains', textWith("self.contains('test')"), 314574, 10, 5], ['startsWith', textWith("self.startsWith('test')"), 2, 15, 2], ['endsWith', textWith("self.endsWith('test')"), 2, 30, 2],
  ['sizes of sums', textWith('size(self + "hello") > size("hello")'), 314578, 4, 7], ['an item', listOf('number', 'self[1] == 0.0'), 2, 5000, 2],
  ['two items', listOf('string', 'self[1] == self[1]'), 314577, 8, 314577], ['matches', textWith('self.matches("x")'), 314574, 50, 22],
  ['a long pattern', textWith('"".matches("(((((((((())))))))))[0-9]")'), 7, 10, 7], ['no pattern', textWith('self.matches("")'), 1, 100, 1],
  ['keys and values', (max) => ruled(map(text(max), max), 'self.all(x, x.contains(self[x]))'), 2752507, 10, 72], ['a member', mapOf('number', 'self["x"] == 0.0'), 2, 0, 2],
  ['an equal text', textWith('self == "x"'), 2, 0, 1], ['equal bytes', bytesWith('self == b"x"'), 2, 0, 1], ['each item', listOf('number', 'self.all(x, x == 0.0)'), 6291454, 6291456, 25165826],
  ['below, all bounded', (max) => ruled(list(map(pair(max), max), max), deep), 7340027, 10, 72], ['below, one bounded', (max) => ruled(list(map(pair(), max)), deep), 7340027, 10, 7340027],
  ['int or string', listOf('int-or-string', all), 4718591, 10, 32], ['one int or string', listOf('int-or-string', 'self[0] == 5'), 3, 10, 3], ['a truth', listOf('boolean', 'self[0] == false'), 2, 25, 2],
  ['null', (max) => ruled(list(pair(), max), 'self[0] == null'), 2, 422, 2], ['an item of an item', (max) => ruled(list(list(typed('number')), max), 'self[0][0] == -1.0'), 3, 51, 3],
  ['members of items', (max) => ruled(list(map(typed('number')), max), 'self.all(x, x.y == 25.2)'), 6291452, 12, 74], ['a member of an item', (max) => ruled(list(map(typed('number')), max), 'self[0].x > 2.0'), 4, 3000, 4],
  ['durations', listOf('duration', all), 2359295, 5, 17], ['hours', listOf('duration', 'self[0].getHours() == 2'), 4, 525, 4], ['dates', listOf('date', all), 725936, 15, 47], ['times', listOf('date-time', all), 428963, 25, 77],
  ['map of structures', (max) => ruled(map(pair(), max), all), 428963, 20, 62], ['map of maps', (max) => ruled(map(map(typed('number')), max), all), 1179647, 10, 32], ['map of lists', (max) => ruled(map(list(typed('number')), max), all), 1179647, 25, 77],
  ['map of durations', mapOf('duration', all), 1048577, 5, 17], ['map of dates', mapOf('date', all), 524288, 10, 32], ['map of times', mapOf('date-time', all), 349526, 25, 77],
  ['find', textWith("self.find('[0-9]+') == ''"), 629147, 10, 11], ['join', (max) => ruled(list(text(max), max), "self.join(' ') == 'aa bb'"), 329853068905, 10, 43],
  ['isSorted', (max) => ruled(list(text(max), max), 'self.isSorted() == true'), 329854432052, 10, 52],
  ['replace', (max) => structure({ str: text(max), before: text(2), after: text(4) }, "self.str.replace(self.before, self.after) == 'does not matter'"), 629154, 4, 12],
  ['split', (max) => structure({ str: text(max), separator: text(max) }, 'self.str.split(self.separator) == []'), 629160, 10, 22], ['lowerAscii', textWith("self.lowerAscii() == 'lower!'"), 314575, 10, 6],
  ['sizes', mapOf('integer', 'oldSelf.size() == self.size()'), 5, 10, 5], ['equal times', mapOf('date-time', 'self["a"] == self["b"]'), 8, 7, 8], ['equal durations', mapOf('duration', 'self["c"] == self["d"]'), 8, 42, 8],
  ['one of several', (max) => ruled({ ...text(max), enum: ['A', 'B', 'C', 'LongValue'] }, "self.contains('A')"), 2, 1000, 401],
  ['two loops', (max) => ruled(list(typed('number'), max ?? 100), 'self.all(x, self.all(y, true))'), 30502, 10, 352],
];

test.each(rows)('what a rule costs: %s', (_what, make, unbounded, max, withMax) => {
  expect([ruleCosts(make(), false), ruleCosts(make(max), false)]).toEqual([[{ rule: unbounded, message: 0 }], [{ rule: withMax, message: 0 }]]);
});

const told = (schema: Schema, isKept = false) => schemaErrors(schema, 'schema', isKept).map(({ field, message }) => `${field}: ${message}`);
const advice = '(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)';

test('rules that could cost too much are refused, unless they were there before', () => {
  const rule = ruled(text(), "self.contains('x')");
  const schema = (max?: number): Schema => ({ type: 'object', properties: { list: list(rule, max) } });
  expect(told(schema(10))).toEqual([]);
  expect(told(schema(40))).toEqual([`schema.properties[list].items.x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of 1.258296x ${advice}`]);
  expect(told(schema(40), true)).toEqual([]);
  const total = [
    'schema.properties[list].items.x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema',
    `schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x ${advice}`,
  ];
  expect(told(schema())).toEqual([`schema.properties[list].items.x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x ${advice}`, ...total]);
  expect(told(schema(), true)).toEqual(total);
});
