import { CelError, Duration, Timestamp } from './value';

const nanosPerSecond = 1_000_000_000n;
/** 0001-01-01 to 9999-12-31. */
const secondsMin = -62135596800n;
const secondsMax = 253402300799n;
const int64Max = 2n ** 63n - 1n;

/** Throws CelError. */
export function asTimestamp(nanos: bigint): Timestamp {
  const seconds = floorDivide(nanos, nanosPerSecond);
  if (seconds < secondsMin || seconds > secondsMax) throw new CelError('timestamp overflow');
  return new Timestamp(nanos);
}

/** Throws CelError. */
export function asDuration(nanos: bigint): Duration {
  if (nanos > int64Max || nanos < -int64Max - 1n) throw new CelError('duration overflow');
  return new Duration(nanos);
}

const floorDivide = (a: bigint, b: bigint) => (a >= 0n ? a / b : -((-a + b - 1n) / b));

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** RFC 3339. Undefined for what is no time. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = rfc3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDate = date.getUTCMonth() === Number(month) - 1 && Number(month) > 0 && date.getUTCDate() === Number(day);
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60 * (sign === '-' ? -1 : 1);
  const seconds = BigInt(date.getTime() / 1000 - offset);
  if (seconds < secondsMin || seconds > secondsMax) return undefined;
  return new Timestamp(seconds * nanosPerSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0')));
}

/** RFC 3339 in UTC, with as many digits behind the seconds as are needed. */
export function timestampText({ nanos }: Timestamp): string {
  const seconds = floorDivide(nanos, nanosPerSecond);
  const rest = nanos - seconds * nanosPerSecond;
  const fraction = rest ? `.${String(rest).padStart(9, '0').replace(/0+$/, '')}` : '';
  return `${new Date(Number(seconds) * 1000).toISOString().replace(/^\+?0*(\d{4})/, '$1').slice(0, 19)}${fraction}Z`;
}

const unitNanos: Readonly<Record<string, bigint>> = {
  ns: 1n, us: 1000n, µs: 1000n, μs: 1000n, ms: 1_000_000n, s: nanosPerSecond, m: 60n * nanosPerSecond, h: 3600n * nanosPerSecond,
};

/** As time.ParseDuration takes it. Undefined for what is no duration. */
export function parseDuration(text: string): Duration | undefined {
  const [, sign, rest = ''] = /^([-+]?)(.+)$/s.exec(text) ?? [];
  if (rest === '0') return new Duration(0n);
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit] of rest.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const of = unitNanos[unit!]!;
    nanos += BigInt(whole || '0') * of + (BigInt(fraction || '0') * of) / 10n ** BigInt(fraction.length);
  }
  return nanos > int64Max ? undefined : new Duration(sign === '-' ? -nanos : nanos);
}

/** In seconds, as conversions to text have it: `3600s`, `1.5s`. */
export function durationText({ nanos }: Duration): string {
  const [sign, of] = nanos < 0n ? ['-', -nanos] : ['', nanos];
  const fraction = String(of % nanosPerSecond).padStart(9, '0').replace(/0+$/, '');
  return `${sign}${of / nanosPerSecond}${fraction ? `.${fraction}` : ''}s`;
}

export interface TimeParts {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** From 0. */
  readonly yearDay: number;
}

/** Of a time, in UTC or in a zone: `America/New_York`, `+02:00`. Throws CelError. */
export function partsOf({ nanos }: Timestamp, zone = 'UTC'): TimeParts {
  const ms = Number(floorDivide(nanos, 1_000_000n));
  const local = new Date(ms + offsetMs(ms, zone));
  return {
    year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate(), hour: local.getUTCHours(), minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(), millisecond: local.getUTCMilliseconds(), weekday: local.getUTCDay(),
    yearDay: Math.floor((Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()) - Date.UTC(local.getUTCFullYear(), 0, 1)) / 86_400_000),
  };
}

function offsetMs(ms: number, zone: string): number {
  if (zone === 'UTC' || zone === '') return 0;
  const [, sign, hours, minutes] = /^([+-]?)(\d{1,2}):(\d\d)$/.exec(zone) ?? [];
  if (hours !== undefined) return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(ms);
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)!.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(ms / 1000) * 1000;
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
}
