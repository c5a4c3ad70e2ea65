import { quote } from '../go/quote';
import { DecodeFailure } from './walk';

interface Element {
  /** As the layout spells it; errors quote it. */
  layout: string;
  pattern: RegExp;
}

const literal = (layout: string): Element => ({ layout, pattern: new RegExp(`^${layout}`) });
const year = { layout: '2006', pattern: /^\d{4}/ };
const month = { layout: '01', pattern: /^\d\d/ };
const day = { layout: '02', pattern: /^\d\d/ };
const hour = { layout: '15', pattern: /^\d\d/ };
const minute = { layout: '04', pattern: /^\d\d/ };
/** A fraction may follow the seconds though the layout names none. */
const second = { layout: '05', pattern: /^\d\d(?:[.,]\d+)?/ };
const wholeSecond = { layout: '05', pattern: /^\d\d/ };
const micros = { layout: '.000000', pattern: /^[.,]\d{6}/ };
const zone = { layout: 'Z07:00', pattern: /^(?:Z|[-+]\d\d:\d\d)/ };
const upToMinute = [year, literal('-'), month, literal('-'), day, literal('T'), hour, literal(':'), minute, literal(':')];

const layouts = {
  time: { text: '2006-01-02T15:04:05Z07:00', elements: [...upToMinute, second, zone] },
  'micro-time': { text: '2006-01-02T15:04:05.000000Z07:00', elements: [...upToMinute, wholeSecond, micros, zone] },
};

type Layout = keyof typeof layouts;

/** What Go's time.Parse says of a text that does not fit. */
function parseError(text: string, layout: Layout): DecodeFailure {
  const { text: layoutText, elements } = layouts[layout];
  const failure = (why: string) => new DecodeFailure(`parsing time ${quote(text)}${why}`);
  let rest = text;
  for (const element of elements) {
    const match = element.pattern.exec(rest);
    if (!match) return failure(` as ${quote(layoutText)}: cannot parse ${quote(rest)} as ${quote(element.layout)}`);
    rest = rest.slice(match[0].length);
    const range = rangeOf(element, Number(match[0].slice(0, 2)));
    if (range) return failure(`: ${range} out of range`);
  }
  return failure(rest ? `: extra text: ${quote(rest)}` : ': day out of range');
}

function rangeOf(element: Element, value: number): string | undefined {
  if (element === month && (value < 1 || value > 12)) return 'month';
  if (element === hour && value > 23) return 'hour';
  if (element === minute && value > 59) return 'minute';
  if ((element === second || element === wholeSecond) && value > 59) return 'second';
  return undefined;
}

const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([-+])(\d\d):(\d\d))$/;

export interface Instant {
  /** Seconds since the epoch; negative before 1970. */
  seconds: number;
  nanos: number;
}

/** Of metav1.Time and MicroTime, which Go writes as null. */
export const zeroTimeSeconds = -62135596800;

const daysIn = (yearNumber: number, monthNumber: number) => new Date(Date.UTC(2000 + (yearNumber % 400), monthNumber, 0)).getUTCDate();

/** Throws DecodeFailure in the words of Go's time.Parse. A micro-time has exactly six fractional digits. */
export function parseTime(text: string, layout: Layout): Instant {
  const match = shape.exec(text);
  if (!match) throw parseError(text, layout);
  const [, yy, mo, dd, hh, mi, ss, fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] = match;
  const [years, months, days, hours, minutes, seconds] = [yy, mo, dd, hh, mi, ss].map(Number) as [number, number, number, number, number, number];
  const inRange = months >= 1 && months <= 12 && days >= 1 && days <= daysIn(years, months) && hours < 24 && minutes < 60 && seconds < 60;
  if (!inRange || (layout === 'micro-time' && fraction.length !== 6)) throw parseError(text, layout);
  const date = new Date(0);
  date.setUTCFullYear(years, months - 1, days);
  date.setUTCHours(hours, minutes, seconds);
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60 * (sign === '-' ? -1 : 1);
  return { seconds: date.getTime() / 1000 - offset, nanos: Number(fraction.padEnd(9, '0').slice(0, 9)) };
}

/** RFC 3339 in UTC: whole seconds for a time, six digits for a micro-time. Null for Go's zero time. */
export function formatTime({ seconds, nanos }: Instant, layout: Layout): string | null {
  if (seconds === zeroTimeSeconds && nanos === 0) return null;
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return layout === 'time' ? `${whole}Z` : `${whole}.${String(nanos).padStart(9, '0').slice(0, 6)}Z`;
}

const canonical = { time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'micro-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/ };

/** Times that were found to be canonical: a cluster writes the same over and over. */
const known = { time: new Set<string>(), 'micro-time': new Set<string>() };
const knownMax = 1000;

export function canonicalTime(text: string, layout: Layout): string | null {
  if (known[layout].has(text)) return text;
  const canonical = canonicalForm(text, layout);
  if (canonical === text) {
    if (known[layout].size >= knownMax) known[layout].clear();
    known[layout].add(text);
  }
  return canonical;
}

function canonicalForm(text: string, layout: Layout): string | null {
  const instant = parseTime(text, layout);
  const isCanonical = canonical[layout].test(text) && instant.seconds !== zeroTimeSeconds;
  return isCanonical ? text : formatTime(instant, layout);
}
