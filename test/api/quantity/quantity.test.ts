import fc from 'fast-check';
import {
  addQuantity, canonicalQuantity, compareQuantity, formatQuantity, newMilliQuantity, newQuantity, parseQuantity, quantityValue, subQuantity,
  toMilli, toNumber,
} from '../../../src/api/quantity';
import { describeWithOracle, kubectlOutput } from '../../support/oracle';

describe('canonicalQuantity', () => {
  test.each([
    ['0', '0'], ['000', '0'], ['1', '1'], ['1000m', '1'], ['0.5', '500m'], ['0.1', '100m'], ['1.5Gi', '1536Mi'], ['1Gi', '1Gi'],
    ['1024Mi', '1Gi'], ['1e3', '1e3'], ['1E3', '1E3'], ['12e4', '120e3'], ['1000', '1k'], ['1500', '1500'], ['100m', '100m'],
    ['0.1Gi', '107374182400m'], ['1025', '1025'], ['512Ki', '512Ki'], ['1023', '1023'], ['0.5Ki', '512'], ['1n', '1n'], ['0.1n', '1n'],
    ['-1.5', '-1500m'], ['+5', '+5'], ['1.500', '1.500'], ['1000000E', '1'], ['1e100', '10e99'], ['20Ei', '9223372036854775807'],
    ['123456789012345678901', '123456789012345678901'], [' 2Gi ', '2Gi'], ['5.', '5.'], ['0Ki', '0'],
  ])('%s is %s', (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical));

  test('takes JSON numbers', () => {
    expect(canonicalQuantity(2)).toBe('2');
    expect(canonicalQuantity(0.25)).toBe('250m');
  });

  test.each([
    ['', /must match the regular expression/], ['abc', /must match the regular expression/], ['1 Gi', /must match/], ['1x', /must match/],
    ['1KiB', /must match/], ['1Gm', /unable to parse quantity's suffix/], ['1K', /unable to parse quantity's suffix/],
    ['1e1000000000', /unable to parse numeric part/],
  ])('%p is refused', (text, message) => expect(() => canonicalQuantity(text)).toThrow(message));
});

describe('arithmetic', () => {
  const q = parseQuantity;
  test('is exact', () => {
    expect(formatQuantity(addQuantity(q('100m'), q('200m')))).toBe('300m');
    expect(formatQuantity(addQuantity(q('1Gi'), q('512Mi')))).toBe('1536Mi');
    expect(formatQuantity(subQuantity(q('1'), q('1n')))).toBe('999999999n');
  });
  test('a zero takes the format of the other', () => {
    expect(formatQuantity(addQuantity(q('0'), q('2Ki')))).toBe('2Ki');
  });
  test('compares across formats', () => {
    expect(compareQuantity(q('1Ki'), q('1024'))).toBe(0);
    expect(compareQuantity(q('1k'), q('1Ki'))).toBe(-1);
    expect(compareQuantity(q('-1'), q('-2'))).toBe(1);
  });
  test('rounds away from zero', () => {
    expect(quantityValue(q('100m'))).toBe(1);
    expect(quantityValue(q('-1100m'))).toBe(-2);
    expect(toMilli(q('1n'))).toBe(1);
    expect(toMilli(q('2'))).toBe(2000);
    expect(toNumber(q('250m'))).toBe(0.25);
  });
  test('builds from integers', () => {
    expect(formatQuantity(newQuantity(2048, 'BinarySI'))).toBe('2Ki');
    expect(formatQuantity(newMilliQuantity(1500, 'DecimalSI'))).toBe('1500m');
  });
  test('adding and subtracting cancel out', () => {
    const amount = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'Ki', 'Mi')).map(([n, s]) => q(`${n}${s}`));
    fc.assert(fc.property(amount, amount, (a, b) => compareQuantity(subQuantity(addQuantity(a, b), b), a) === 0));
  });
});

describeWithOracle('the real kubectl prints the same quantities', () => {
  const quantity = fc.tuple(
    fc.constantFrom('', '', '', '-', '+'),
    fc.oneof(fc.nat(5000).map(String), fc.bigInt(0n, 10n ** 20n).map(String), fc.constantFrom('00', '012')),
    fc.oneof(fc.constant(''), fc.constant('.'), fc.stringMatching(/^\.[0-9]{1,12}$/)),
    fc.constantFrom('', '', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'E2', 'e-4', 'e+5'),
  ).map((parts) => parts.join(''));

  test('over generated ones', () => {
    const texts = fc.sample(quantity, { numRuns: 1500, seed: 7 });
    const containers = texts.map((text, i) => ({ name: `c${i}`, image: 'i', resources: { limits: { cpu: text } } }));
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } };
    const out = JSON.parse(kubectlOutput(['set', 'image', '--local', '-f', '-', 'c0=x', '-o', 'json'], JSON.stringify(pod)));
    const theirs = out.spec.containers.map((c: { resources: { limits: { cpu: string } } }) => c.resources.limits.cpu);
    expect(texts.map((text) => `${text} ${canonicalQuantity(text)}`)).toEqual(texts.map((text, i) => `${text} ${theirs[i]}`));
  });
});
