import { zoned, type Zone } from './zone';
import type { Schedule } from './schedule';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** A schedule that has not come up by then (the 31st of February) never will. */
const searchMs = 5 * 366 * 24 * hourMs;

/**
 * The first time after `afterMs` at which the schedule comes up, in milliseconds since the epoch. A time that the clocks
 * skip is left out, one that they repeat comes twice. After SpecSchedule.Next of github.com/robfig/cron/v3.
 */
export function nextTime(schedule: Schedule, afterMs: number, zoneName: string | undefined): number | undefined {
  if ('everyMs' in schedule) return afterMs - afterMs % secondMs + schedule.everyMs;
  const zone = zoned(zoneName);
  const lastMs = afterMs + searchMs;
  for (let at = afterMs - afterMs % minuteMs + minuteMs; at <= lastMs;) {
    const later = skip(schedule, at, zone);
    if (later === undefined) return at;
    at = later;
  }
  return undefined;
}

type Clocked = Exclude<Schedule, { everyMs: number }>;

/** Undefined when the schedule comes up now; else the next time at which it may. */
function skip(schedule: Clocked, at: number, zone: Zone): number | undefined {
  const { year, month, day, hour, minute, weekday } = zone.wall(at);
  if (!schedule.months.has(month)) return Math.max(at + minuteMs, zone.instant(year, month + 1, 1));
  if (!isDay(schedule, day, weekday)) return Math.max(at + minuteMs, zone.instant(year, month, day + 1));
  if (!schedule.hours.has(hour)) return at + hourMs - minute * minuteMs;
  return schedule.minutes.has(minute) ? undefined : at + minuteMs;
}

function isDay({ daysOfMonth, daysOfWeek, anyDayOfMonth, anyDayOfWeek }: Clocked, day: number, weekday: number): boolean {
  const [inMonth, inWeek] = [daysOfMonth.has(day), daysOfWeek.has(weekday)];
  return anyDayOfMonth || anyDayOfWeek ? inMonth && inWeek : inMonth || inWeek;
}
