import fc from 'fast-check';
import { parseJson } from '../../../src/api/decode/json';
import { parsePrecisely } from '../../../src/api/decode/json-precise';
import { NumberToken } from '../../../src/api/decode/walk';

/** As JSON.parse would have it. */
function plain(value: unknown): unknown {
  if (value instanceof NumberToken) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

describe('both parsers', () => {
  test('read every JSON as JSON.parse does', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(plain(parsePrecisely(text).value)).toEqual(JSON.parse(text));
      expect(plain(parseJson(Buffer.from(text)).value)).toEqual(JSON.parse(text));
    }), { seed: 5 });
  });

  test('refuse what JSON.parse refuses', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '0', 'x'), (value, at, typo) => {
      const text = JSON.stringify(value);
      const broken = text.slice(0, at % (text.length + 1)) + typo + text.slice((at % (text.length + 1)) + 1);
      let isValid = true;
      try {
        JSON.parse(broken);
      } catch {
        isValid = false;
      }
      if (isValid) expect(() => parseJson(Buffer.from(broken))).not.toThrow();
      else expect(() => parseJson(Buffer.from(broken))).toThrow(/^(invalid character|unexpected end of JSON input)/);
    }), { seed: 5, numRuns: 500 });
  });
});

describe('what JSON.parse would lose', () => {
  test.each(['1.0', '1e3', '-0', '9007199254740993', '0.10', '1E400'])('the text of %s is kept', (text) => {
    expect(parseJson(Buffer.from(`{"a":${text}}`)).value).toEqual({ a: new NumberToken(text) });
  });

  test.each(['1', '-5', '999999999999999', '9007199254740991', '0'])('%s is a plain number', (text) => {
    expect(parseJson(Buffer.from(`{"a":${text}}`)).value).toEqual({ a: Number(text) });
  });

  test('repeated keys are found beside colons in strings', () => {
    const { value, repeated } = parseJson(Buffer.from('{"a:":":\\":","b":{"c":1,"c":2}}'));
    expect(value).toEqual({ 'a:': ':":', b: { c: 2 } });
    expect([...repeated.values()]).toEqual([[['c', 1], ['c', 2]]]);
    expect(parseJson(Buffer.from('{"a:":":\\":","b":{"c":1}}')).repeated.size).toBe(0);
  });
});

test.each([
  ['half a pair', '\\ud800x', '\ufffdx'],
  ['the other half', '\\uDFFF', '\ufffd'],
  ['two first halves', '\\ud83d\\ud83d\\ude00', '\ufffd\u{1f600}'],
  ['a pair', '\\ud83d\\ude00', '\u{1f600}'],
  ['a backslash in front', '\\\\ud800', '\\ud800'],
  ['a number beside it, for the precise parser', '\\ud800","n":1.50,"b":"', '\ufffd'],
])('a string with %s', (_what, text, expected) => {
  expect((parseJson(Buffer.from(`{"a":"${text}"}`)).value as { a: string }).a).toBe(expected);
});
