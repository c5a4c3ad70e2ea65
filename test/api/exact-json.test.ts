import { exactInteger, exactJson, parseExactJson } from '../../src/api/exact-json';

describe('JSON with the integers of Go', () => {
  it.each<[string, unknown]>([
    ['{"a":9007199254740993}', { a: 9007199254740993n }],
    ['[-9223372036854775808, 9223372036854775807]', [-(2n ** 63n), 2n ** 63n - 1n]],
    ['{"a": 9007199254740991 }', { a: 9007199254740991 }],
    ['{"a":18446744073709551615}', { a: 18446744073709552000 }],
    ['{"a":0.12345678901234567,"b":1234567890123456789e2}', { a: 0.12345678901234567, b: 1.234567890123456789e20 }],
    ['{"a":": 1234567890123456789","b\\"":1234567890123456789}', { 'a': ': 1234567890123456789', 'b"': 1234567890123456789n }],
    ['9007199254740993', 9007199254740992],
    ['{"a":1}', { a: 1 }],
  ])('reads %s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it('writes what it reads', () => {
    const text = '{"a":[9007199254740993,-9223372036854775808],"b":"9007199254740993","c":1.5}';
    expect(exactJson(parseExactJson(text))).toBe(text);
  });

  it('leaves other refusals as they are', () => {
    const circle: { of?: unknown } = {};
    circle.of = circle;
    expect(() => exactJson(circle)).toThrow('circular');
    expect(() => parseExactJson('{"a":12345678901234567,}')).toThrow(SyntaxError);
  });

  it('keeps what an int64 holds and a number does not', () => {
    expect([2n ** 53n - 1n, 2n ** 53n + 1n, 2n ** 63n].map(exactInteger)).toEqual([2 ** 53 - 1, 2n ** 53n + 1n, 2 ** 63]);
  });
});
