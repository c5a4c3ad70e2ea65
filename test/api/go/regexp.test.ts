import fc from 'fast-check';
import { compileRegExp } from '../../../src/api/go/regexp';

test.each<[string, string, readonly [number, number] | undefined]>([
  ['a+', 'xaay', [1, 3]], ['a+?', 'xaay', [1, 2]], ['a|ab', 'ab', [0, 1]], ['(?:ab|a)b?', 'ab', [0, 2]], ['^b', 'ab', undefined], ['(?m)^b', 'a\nb', [2, 3]],
  ['b$', 'ab', [1, 2]], ['\\bfoo\\b', 'a foo.', [2, 5]], ['[^a-c]+', 'abxyc', [2, 4]], ['[[:alpha:]]+', '12ab', [2, 4]], ['\\d{2,3}', '1 12345', [2, 5]],
  ['(?i)AbC', 'xABCx', [1, 4]], ['\\x{41}\\Q.+\\E', 'A.+', [0, 3]], ['.', '\n', undefined], ['(?s).', '\n', [0, 1]], ['\\p{Greek}+', 'aβγ', [1, 3]], ['[\\]\\-a]+', 'x]-a', [1, 4]],
  ['😀+', 'a😀😀', [1, 5]], ['(?P<name>a)(?<other>b)', 'ab', [0, 2]], ['a{0}b', 'ab', [1, 2]], ['', 'abc', [0, 0]], ['a{,3}', 'a{,3}', [0, 5]], ['(?U)a+', 'aaa', [0, 1]], ['\\pN', 'x7', [1, 2]],
])('%s in %j', (pattern, text, expected) => {
  expect(compileRegExp(pattern).find(text)).toEqual(expected);
  expect(compileRegExp(pattern).test(text)).toBe(expected !== undefined);
});

test.each([
  ['(', 'missing closing ): `(`'], ['a)', 'unexpected ): `a)`'], ['[a', 'missing closing ]: `[a`'], ['*a', 'missing argument to repetition operator: `*`'], ['a**', 'invalid nested repetition operator: `**`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'], ['(?<!a)', 'invalid or unsupported Perl syntax: `(?<!`'], ['\\1', 'invalid escape sequence: `\\1`'], ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['[b-a]', 'invalid character class range: `b-a`'], ['\\', 'trailing backslash at end of expression: ``'], ['\\p{Nope}', 'invalid character class range: `\\p{Nope}`'],
])('%s is none', (pattern, why) => {
  expect(() => compileRegExp(pattern)).toThrow(`error parsing regexp: ${why}`);
});

test('agrees with the engine at hand where both have the syntax', () => {
  const piece = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', 'a*', 'b+', 'a?', '(?:ab)*', '(?:a|b)', '(?:a|ab)', 'a{1,2}', '\\w', '\\d', '^', '$', 'a*?', '\\b');
  fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), fc.stringMatching(/^[ab1 ]{0,10}$/), (pieces, text) => {
    const pattern = pieces.join('');
    const match = new RegExp(pattern).exec(text);
    expect(compileRegExp(pattern).find(text)).toEqual(match ? [match.index, match.index + match[0].length] : undefined);
  }), { numRuns: 2000 });
});

test('takes its time by the length of the text, whatever the pattern', () => {
  expect(compileRegExp('^(a+)+$').test(`${'a'.repeat(20_000)}b`)).toBe(false);
  expect(compileRegExp('(x+x+)+y').test('x'.repeat(20_000))).toBe(false);
});
