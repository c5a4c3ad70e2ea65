import { nextTime } from '../../../../src/kinds/batch/cronjob/next-time';
import { parseSchedule } from '../../../../src/kinds/batch/cronjob/schedule';
import { zoned } from '../../../../src/kinds/batch/cronjob/zone';

describe('the next time of a schedule', () => {
  it.each<[string, string, string, string | undefined, ...string[]]>([
    ['every minute', '* * * * *', '2026-01-01T00:00:30Z', '2026-01-01T00:01:00Z'],
    ['not the same minute again', '5 * * * *', '2026-01-01T00:05:00Z', '2026-01-01T01:05:00Z'],
    ['every quarter', '*/15 * * * *', '2026-01-01T00:46:00Z', '2026-01-01T01:00:00Z'],
    ['once a day', '30 6 * * *', '2026-01-01T07:00:00Z', '2026-01-02T06:30:00Z'],
    ['once a month', '0 0 31 * *', '2026-01-31T00:00:00Z', '2026-03-31T00:00:00Z'],
    ['once a year', '0 0 1 1 *', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['on working days', '0 9 * * 1-5', '2026-01-02T10:00:00Z', '2026-01-05T09:00:00Z'],
    ['either day, when both are given', '0 0 13 * 5', '2026-02-01T00:00:00Z', '2026-02-06T00:00:00Z'],
    ['both, when one is any', '0 0 */1 * 5', '2026-02-01T00:00:00Z', '2026-02-06T00:00:00Z'],
    ['on a leap day', '0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['never', '59 23 31 2 *', '2026-01-01T00:00:00Z', undefined],
    ['a word', '@daily', '2026-01-01T12:00:00Z', '2026-01-02T00:00:00Z'],
    ['a distance', '@every 90s', '2026-01-01T12:00:00Z', '2026-01-01T12:01:30Z'],
    ['elsewhere', '0 9 * * *', '2026-01-01T00:00:00Z', '2026-01-01T08:00:00Z', 'Europe/Berlin'],
    ['elsewhere in summer', '0 9 * * *', '2026-07-01T00:00:00Z', '2026-07-01T13:00:00Z', 'America/New_York'],
    ['at half an hour off', '0 0 * * *', '2026-01-01T00:00:00Z', '2026-01-01T18:30:00Z', 'Asia/Kolkata'],
    ['the day after, when the clocks skip it', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-30T00:30:00Z', 'Europe/Berlin'],
    ['twice, when they repeat it', '30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', 'Europe/Berlin'],
    ['in a zone a day ahead', '0 0 1 * *', '2026-01-15T00:00:00Z', '2026-01-31T10:00:00Z', 'Pacific/Kiritimati'],
  ])('%s', (_, schedule, after, expected, ...zone) => {
    const found = nextTime(parseSchedule(schedule), Date.parse(after), zone[0]);
    expect(found && new Date(found).toISOString()).toBe(expected && new Date(expected).toISOString());
  });
});

it('writes times with the offset of their zone', () => {
  const at = Date.parse('2026-07-01T12:00:00Z');
  expect([undefined, 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'].map((zone) => zoned(zone).format(at))).toEqual([
    '2026-07-01T12:00:00Z', '2026-07-01T14:00:00+02:00', '2026-07-01T08:00:00-04:00', '2026-07-01T17:30:00+05:30',
  ]);
  expect(() => zoned('Mars/Olympus')).toThrow(RangeError);
});
