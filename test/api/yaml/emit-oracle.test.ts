import fc from 'fast-check';
import { toYaml } from '../../../src/api/yaml/emit';
import { compareKeys } from '../../../src/api/yaml/key-order';
import { describeWithOracle, kubectlOutput } from '../../support/oracle';

const factor = Number(process.env.KNARR_ORACLE_RUNS ?? 1);
const seed = Number(process.env.KNARR_ORACLE_SEED ?? 1);

/** What the real kubectl makes of values, many at a time. Each ends up at the depth that `wrap` puts it. */
function theirs(values: unknown[], wrap: (values: unknown[]) => object): { yaml: string; object: object } {
  const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x', annotations: { a: 'b' } }, ...wrap(values) };
  const yaml = kubectlOutput(['annotate', '--local', '-f', '-', '-o', 'yaml', 'a-'], JSON.stringify(object));
  return { yaml, object: { ...object, metadata: { name: 'x', annotations: {} } } };
}

function compare(values: unknown[], wrap: (values: unknown[]) => object): void {
  const { yaml, object } = theirs(values, wrap);
  expect(toYaml(object)).toBe(yaml);
}

const word = fc.constantFrom('yes', 'No', 'on', 'null', '~', 'true', 'y', '.5', '.', '.inf', '-.INF', '0x1F', '0o17', '017', '08', '0b11', '1_000', '12:30', '1:2:3.5', '-1', '+5',
  '1e3', '1e400', '1.', '-', '?', ':', '2020-01-01', '2020-1-1T1:2:3Z', '2020-02-30', '2020-01-01 10:00:00', '2001-12-14t21:59:43.10-05:00', '<<', '---', '...', '--- a', '=', '!', '&a', '*a', '#a',
  'a #b', 'a: b', 'a:b', 'a:', '- a', '-a', '? a', '{}', '[]', "it's", '"x"', '%', '@', '`', '|', '>', '', ' ', ' a', 'a ', '\t', 'a\tb', '\n', 'a\nb', 'a\n', 'a\n\n', '\na', ' a\nb', 'a \nb', 'a\n b',
  'é', '🚢', 'a🚢b', '\u2028', 'a\u2028b', 'a\u2028 b', 'a\u2028b\nc', '\u0000', '\u0001', '\r', 'a\r\nb', '\u001b', '\ufeff', '\u00a0', '\ufffd', '0', '00', '0.0', '-0', '1__0', '_1', '0x', '0xFFFFFFFFFFFFFFFFFFFF',
  '99999999999999999999', '1e', 'e1', '+', '+.5', '0o8', '1:60', '9:5', '1:2_3', 'NaN', 'inf', 'Infinity', 'O', 'oFF', 'Off');
const sentence = fc.array(fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9.:,'"\\#-]{1,14}$/) }, word), { minLength: 1, maxLength: 30 })
  .chain((words) => fc.constantFrom(' ', ' ', '  ', '\n', ' \n', '\n  ').map((separator) => words.join(separator)));
const text = fc.oneof(word, sentence, fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 6 }), fc.stringMatching(/^[-+0-9._eExob:TZ ]{1,10}$/));
/** Characters that kubectl refuses are tested apart; next-line is one that it changes. */
const sane = text.filter((value) => !/[\x7f-\x9f\ufffe\uffff]|\p{Cs}/u.test(value));
/** Keys are sorted by what is a letter, on which versions of Unicode differ. */
const saneKey = sane.filter((value) => !/[^\0-\uffff🚢]/u.test(value));
/** Upstream's order of keys is none for a few: `017` < `2020` < `2T` < `017`. Then theirs depends on chance. */
const isOrdered = (keys: string[]) => keys.every((a) => keys.every((b) => compareKeys(a, b) >= 0 || keys.every((c) => compareKeys(b, c) >= 0 || compareKeys(a, c) < 0)));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1e20, 1e21, 1.5e-7, 123456.789, 1e15, 9007199254740993, 0.1));
const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, sane, number, fc.constantFrom(null, true, false), fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(saneKey.filter((key) => key.length < 200), tie('value'), { maxKeys: 4, noNullPrototype: true }).filter((map) => isOrdered(Object.keys(map)))),
})).value;

describeWithOracle('toYaml writes what the real kubectl writes', () => {
  test('strings, as values', () => {
    for (let i = 0; i < factor; i++) compare(fc.sample(sane, { numRuns: 3000, seed: seed + i }), (values) => ({ spec: { values } }));
  }, 600_000);

  test('strings, deep', () => {
    for (let i = 0; i < factor; i++) {
      compare(fc.sample(sane, { numRuns: 1000, seed: seed + i }), (values) => ({ spec: values.map((item, n) => ({ some: { where: { [`key-${n}`]: item } } })) }));
    }
  }, 600_000);

  test('strings, as keys', () => {
    const keys = fc.oneof({ weight: 3, arbitrary: saneKey }, fc.stringMatching(/^[a-c0-3_.-]{1,6}$/), fc.stringMatching(/^[a-z ]{120,140}$/));
    for (let i = 0; i < 10 * factor; i++) {
      compare(fc.sample(fc.uniqueArray(keys, { maxLength: 24 }).filter(isOrdered), { numRuns: 1, seed: seed + i })[0]!, (values) => ({ spec: Object.fromEntries(values.map((key, n) => [key, [n, { n }, [n], {}][n % 4]])) }));
    }
  }, 600_000);

  test('anything', () => {
    for (let i = 0; i < factor; i++) compare(fc.sample(value, { numRuns: 500, seed: seed + i }), (values) => ({ spec: { values } }));
  }, 600_000);
});
