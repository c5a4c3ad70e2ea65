import { parseSchedule } from '../../../src/kinds/batch/cronjob/schedule';

const sorted = (values: ReadonlySet<number>) => [...values].sort((a, b) => a - b);

test('fields', () => {
  const schedule = parseSchedule('*/20 9-17/4 1,15 jan-mar MON-fri');
  if ('everyMs' in schedule) throw new Error('not every so often');
  expect([schedule.minutes, schedule.hours, schedule.daysOfMonth, schedule.months, schedule.daysOfWeek].map(sorted))
    .toEqual([[0, 20, 40], [9, 13, 17], [1, 15], [1, 2, 3], [1, 2, 3, 4, 5]]);
  expect([schedule.anyDayOfMonth, schedule.anyDayOfWeek]).toEqual([false, false]);
  expect(parseSchedule('5/30 ? * * *')).toMatchObject({ minutes: new Set([5, 35]), anyDayOfMonth: true, anyDayOfWeek: true });
});

test('descriptors', () => {
  expect(parseSchedule('@hourly')).toEqual(parseSchedule('0 * * * *'));
  expect(parseSchedule('@every 1m30s')).toEqual({ everyMs: 90_000 });
  expect(parseSchedule('@every 10ms')).toEqual({ everyMs: 1000 });
});

test.each<[string, string]>([
  ['', 'empty spec string'],
  ['* * * * * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
  ['60 * * * *', 'end of range (60) above maximum (59): 60'],
  ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['* * * * L', 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax'],
  ['@often', 'unrecognized descriptor: @often'],
])('refuses %p', (text, message) => expect(() => parseSchedule(text)).toThrow(message));
