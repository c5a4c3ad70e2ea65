import { partsOf, type TimeParts } from '../values/time';
import type { Duration, Timestamp } from '../values/value';
import { row, type Overload } from './row';

const ofTimestamp: Readonly<Record<string, (parts: TimeParts) => number>> = {
  getFullYear: ({ year }) => year, getMonth: ({ month }) => month, getDayOfYear: ({ yearDay }) => yearDay, getDayOfMonth: ({ day }) => day - 1,
  getDate: ({ day }) => day, getDayOfWeek: ({ weekday }) => weekday, getHours: ({ hour }) => hour, getMinutes: ({ minute }) => minute,
  getSeconds: ({ second }) => second, getMilliseconds: ({ millisecond }) => millisecond,
};

/** Nanoseconds in each. */
const ofDuration: Readonly<Record<string, bigint>> = { getHours: 3_600_000_000_000n, getMinutes: 60_000_000_000n, getSeconds: 1_000_000_000n, getMilliseconds: 1_000_000n };

export const times: readonly Overload[] = [
  ...Object.entries(ofTimestamp).flatMap(([name, read]) => [
    row(`(timestamp).${name}() int`, (time: Timestamp) => BigInt(read(partsOf(time)))),
    row(`(timestamp).${name}(string) int`, (time: Timestamp, zone: string) => BigInt(read(partsOf(time, zone)))),
  ]),
  ...Object.entries(ofDuration).map(([name, unit]) => row(`(duration).${name}() int`, ({ nanos }: Duration) => nanos / unit)),
];
