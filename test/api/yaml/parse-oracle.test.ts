import fc from 'fast-check';
import { readDocuments } from '../../../src/api/yaml';
import { describeWithOracle, kubectl } from '../../support/oracle';
import { recorded } from '../../support/recorded';

const runs = Number(process.env.KNARR_ORACLE_RUNS ?? 3);
const seed = Number(process.env.KNARR_ORACLE_SEED ?? 1);

/** The objects that the real kubectl reads, or its error. */
function theirs(text: string | Buffer): unknown {
  const { stdout, stderr, code } = kubectl(['label', '--local', '-f', '-', '-o', 'json', 'gone-'], text);
  if (code) return stderr.trim();
  const docs = stdout.trim() ? (JSON.parse(`[${stdout.trim().replace(/\n\}\n\{/g, '\n},{')}]`) as { spec: unknown }[]) : [];
  return docs.map(({ spec }) => spec);
}

function ours(text: string | Buffer): unknown {
  try {
    return [...readDocuments(text)].map((object) => (object as { spec: unknown }).spec);
  } catch (error) {
    return `error: error parsing STDIN: ${(error as Error).message}`;
  }
}

const thing = (spec: string) => `apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: x\n  labels: {}\nspec:${spec}`;

const record = recorded<unknown>('yaml');
const answer = (text: string) => record(text, () => theirs(text));

describe('parseYaml reads what the real kubectl reads', () => {
  test('scalars', () => {
    const words = ['0644', '0o644', '0O17', '0b101', '0B1', '0x1f', '0X1F', '08', '1_000', '1__0', '_1', '+5', '-0', '1.0', '1.', '.5', '-.5', '+.5', '.5e3', '1e3', '1E-2', '1e400', '-1e400', '12:30', '190:20:30',
      '2020-01-01', '2020-01-01T10:00:00Z', '2020-1-1', 'yes', 'Yes', 'YES', 'yEs', 'no', 'on', 'off', 'y', 'n', 'Y', 'N', 'true', 'True', 'tRue', 'null', 'Null', '~', 'NULL', 'nULL', '', '9223372036854775807',
      '9223372036854775808', '18446744073709551615', '18446744073709551616', '-9223372036854775808', '-9223372036854775809', '0xFFFFFFFFFFFFFFFF', '<<', '=', '"a"', "'a'", '"\\x41\\u00e9\\U0001F6A2\\e"', "'it''s'",
      '!!str 5', '!!int "5"', '!!float 5', '!!bool yes', '!foo bar', '!!binary aGk=', '!!str', '! 5', '|\n    a\n    b', '>\n    a\n    b\n\n    c', '|-\n    a', '|+\n    a\n\n', '>-\n    a\n     b\n    c', '|2\n     a',
      'a b\n    c', '"a\n    b"', "'a\n\n    b'", '&a b', 'a # b', 'a#b', 'é', 'a:b', 'http://x/y?z=1', '-a', '--', '- a', '{a: b, c}', '[a, b,]', '{a: [b, {c: d}]}', '{"a":1}', '[a, [b]]', '{}', '[]', '? a', '{? a : b}', '[a: b]'];
    const list = words.map((word) => `\n- ${word}`).join('');
    expect(ours(thing(list))).toEqual(answer(thing(list)));
  });

  test.each([
    'a: b\n', '\n  1: a\n  1.5: b\n  true: c\n  yes: d\n  0x10: e\n  12:30: f\n  2020-01-01: g', '\n  a: 1\n  a: 2', '\n  b: &x {p: 1, q: 2}\n  c:\n    <<: *x\n    q: 3\n  d:\n    q: 3\n    <<: [{p: 9}, *x]',
    '\n  - &x a\n  - *x', '\n- a\n- b', '\n  ? a\n  : b', '\n  a:\n  - b\n  - c\n  d: e', '\n  a:   # x\n    b', ' # x\n  a: b', '\n  "a b": c\n  \'d\': e', '\n  a: |\n    x\n\n    y\n  b: c', '\n  a: >\n    x\n    y\n\n    z\n',
    '\n  a: "x\\\n    y"', '\r\n  a: b\r\n  c: |\r\n    x\r\n', '\n  a: b\n...\ngarbage: [', '\n  a:\t b', '\n  a: b\t', '\n  key with spaces: x', '\n  a:\n    - b\n    -\n      c: d\n    - - e\n      - f',
    '\n  null: x', '\n  ~: x', '\n  [a]: x', '\n  {a: b}: x', '\n  a: .inf', '\n  a: .nan', '\n  a: -.inf', '\n  a: *nope', '\n  a: "\\/"', '\n  a: "\\q"', '\n  a: "\\ud83d\\ude00"', '\n  <<: 5', '\n  a: &x [*x]', '\n  a: !!int x',
    '\n  a: b: c', '\n  a: [b', '\n  a: {b', '\n  a: "b', "\n  a: 'b", '\n  a: b\n c: d', '\n  a: b\n   c: d', '\n  - a\n  b: c', '\n  a: @b', '\n  a: `b', '\n  a: %b', '\n\ta: b', '\n  a: [b, c}', '\n  a: {b: c]', '\n  a: - b', '\n  a: ]',
    '\n  a: "b" c', '\n  a\n  b: c', '\n  a: \u0001', '\n  a: &', '\n  a: *', '\n  a: b\n  c', '\n  - a\n - b', '\n  a: |x\n    b', '\n  {a: b', '\n  a: [b, , c]', '\n  ? a\n  b', '\n  a: !<x', '\n  a: "x\n  b: c', '\n  a: >\n b', '\n  a: #b', '\n  - - a\n   - b',
    '\n  a: {b: c}\n  d: e}', ' a: b', '\n  a: b\n  - c', '\n  : a', '\n  a:b', '\n  a: {b: c, d: e,, f}', '\n  a: [b: c, d]', "\n  a: 'b\n  c: d'\n  e: f"])('%j', (spec) => {
    expect(ours(thing(spec))).toEqual(theirs(thing(spec)));
  });

  const json = JSON.stringify({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x' }, spec: { a: 1 } });
  const head = '{"apiVersion":"v1","kind":"T","metadata":{"name":"x"},';
  test.each([
    ['several', `${thing(' 1')}\n---\n${thing(' 2')}\n`], ['comments', `# x\n--- # y\n${thing(' 1')}\n---\n\n---\n# z\n`], ['same line', `--- {a: b}\n`], ['none', ''], ['blank', '\n\n'], ['null', 'null'],
    ['json', json], ['json stream', `${json}\n${json}${json}`], ['flow', json.replaceAll('"', '')], ['json, then yaml', `${json}\n---\n${thing(' 2')}`], ['bad json', `${head}"spec": }`], ['bad json 2', `${head}"spec": 1,}`], ['cut json', '{"a": 1'],
    ['bad third', `${json}${json}{"a" 1}`], ['bad second', `${json}{"a" 1}`], ['bad number', `${head}"spec": 01}`], ['bad escape', '{"a": "\\q"}'], ['bad literal', `${head}"spec": trux}`], ['control', '{"a": "\u0001"}'], ['bad second line', `${thing(' 1')}\n---\na: b: c\n`],
    ['crlf', thing('\n  a: b').replaceAll('\n', '\r\n')], ['cr', thing('\n  a: b').replaceAll('\n', '\r')], ['bom', `\ufeff${thing(' 1')}`], ['tab in json', `{\t"apiVersion":"v1","kind":"T","metadata":{"name":"x"},"spec":[]}`],
  ])('streams: %s', (_, text) => {
    expect(ours(text)).toEqual(answer(text));
  });

});

describeWithOracle('the real kubectl agrees on', () => {
  test('other encodings', () => {
    const utf16 = Buffer.from(`\ufeff${thing(' é')}`, 'utf16le');
    expect(ours(utf16)).toEqual(theirs(utf16));
    const invalid = Buffer.concat([Buffer.from(thing(' "')), Buffer.from([0xff]), Buffer.from('"')]);
    expect(ours(invalid)).toEqual(theirs(invalid));
  });

  test('generated texts', () => {
    const piece = fc.constantFrom('a', 'b', 'a: ', 'b: ', '- ', '-', '\n', '\n  ', '\n  ', '\n    ', '[', ']', '{', '}', ', ', ',', '"x"', "'y'", '"', "'", ' #c', '|', '>', '|-', '&x ', '*x', '!t ', '!!str ', '? ', ': ', ':', '\n---', '\n...', '\t', ' ', 'k: v', '%', '@',
      '<<: ', '\\', '1', '~', '\r', 'a:b', '--', '?', '*', '&', '!', '\n  - ', '\n  k: ', '\n  - k: ', '\n    k: ', '"a\n  b"', '|\n    text\n', '>\n    text\n    more\n\n    end\n', '[a, b]', '{a: b}');
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => thing(`\n  ${pieces.join('')}`));
    fc.assert(fc.property(text, (yaml) => {
      const real = theirs(yaml);
      // Objects that are none are found by those who read them.
      if (typeof real === 'string' && /unable to decode|panic|Kind|unsupported map key|invalid map key/.test(real)) return;
      expect(ours(yaml)).toEqual(real);
    }), { numRuns: runs * 4, seed });
  }, 600_000);

  test('generated scalars', () => {
    const word = fc.oneof(fc.stringMatching(/^[-+0-9._eExob:]{1,8}$/), fc.stringMatching(/^[a-zA-Z0-9~.=/-]{1,5}$/)).filter((text) => !/^(-|\.inf|.*:$|---|\.\.\.)|nan|inf/i.test(text));
    for (let i = 0; i < runs; i++) {
      const list = fc.sample(word, { numRuns: 400, seed: seed + i }).map((text) => `\n- ${text}`).join('');
      expect(ours(thing(list))).toEqual(theirs(thing(list)));
    }
  });
});
