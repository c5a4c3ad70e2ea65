import fc from 'fast-check';
import { formatGoDuration, humanDuration, parseGoDuration, shortHumanDuration, translateTimestampSince } from '../../src/api/duration';

const s = 1000, m = 60 * s, h = 60 * m, d = 24 * h;

test.each([
  [-2 * s, '<invalid>'], [-1 * s, '0s'], [0, '0s'], [119.9 * s, '119s'], [2 * m, '2m'], [9 * m + 30 * s, '9m30s'], [10 * m + 5 * s, '10m'],
  [179 * m, '179m'], [3 * h, '3h'], [7 * h + 59 * m, '7h59m'], [8 * h + 30 * m, '8h'], [47 * h, '47h'], [2 * d, '2d'], [2 * d + 1 * h, '2d1h'],
  [7 * d + 23 * h, '7d23h'], [8 * d + 1 * h, '8d'], [729 * d, '729d'], [2 * 365 * d, '2y'], [2 * 365 * d + 3 * d, '2y3d'], [9 * 365 * d + d, '9y'],
])('humanDuration(%d) is %s', (ms, text) => expect(humanDuration(ms)).toBe(text));

test.each([[-3 * s, '<invalid>'], [-s, '0s'], [59 * s, '59s'], [61 * s, '1m'], [23 * h, '23h'], [25 * h, '1d'], [366 * d, '1y']])(
  'shortHumanDuration(%d) is %s', (ms, text) => expect(shortHumanDuration(ms)).toBe(text));

test('the age of a timestamp', () => {
  expect(translateTimestampSince('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:05:00Z'))).toBe('5m');
  expect(translateTimestampSince(undefined, 0)).toBe('<unknown>');
});

test.each([
  ['0', 0], ['0s', 0], ['5s', 5000], ['1.5h', 5400000], ['-1m', -60000], ['+2ms', 2], ['1h15m30.918s', 4530918], ['.5s', 500], ['5.s', 5000], ['1us', 0.001], ['3µs', 0.003],
])('parseGoDuration(%s)', (text, ms) => expect(parseGoDuration(text)).toBe(ms));

test.each([
  ['', 'time: invalid duration ""'], ['3', 'time: missing unit in duration "3"'], ['3x', 'time: unknown unit "x" in duration "3x"'],
  ['-', 'time: invalid duration "-"'], ['.s', 'time: invalid duration ".s"'], ['abc', 'time: invalid duration "abc"'], ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['9999999999h', 'time: invalid duration "9999999999h"'],
])('parseGoDuration(%p) fails', (text, message) => expect(() => parseGoDuration(text)).toThrow(message));

test.each([
  [0, '0s'], [1500, '1.5s'], [60000, '1m0s'], [3600000, '1h0m0s'], [4530918, '1h15m30.918s'], [-90000, '-1m30s'], [0.001, '1µs'], [0.0015, '1.5µs'],
  [100, '100ms'], [1.25, '1.25ms'], [0.000001, '1ns'], [30 * d, '720h0m0s'],
])('formatGoDuration(%d) is %s', (ms, text) => expect(formatGoDuration(ms)).toBe(text));

test('formatting and parsing cancel out', () => {
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (ms) => parseGoDuration(formatGoDuration(ms)) === ms));
});
