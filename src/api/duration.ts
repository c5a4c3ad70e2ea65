import { quote } from './go/quote';

const seconds = 1000, minutes = 60 * seconds, hours = 60 * minutes;

/** `major` and, unless zero, `minor`: `3m` or `3m5s`. */
const pair = (major: number, majorUnit: string, minor: number, minorUnit: string) =>
  `${major}${majorUnit}${minor ? `${minor}${minorUnit}` : ''}`;

/** Two or three significant figures, as the AGE column shows them. Source: duration.HumanDuration. */
export function humanDuration(ms: number): string {
  const s = Math.trunc(ms / seconds);
  // A clock that is off by less than two seconds counts as now.
  if (s < -1) return '<invalid>';
  if (s < 0) return '0s';
  if (s < 120) return `${s}s`;
  const m = Math.trunc(ms / minutes);
  if (m < 10) return pair(m, 'm', s % 60, 's');
  if (m < 180) return `${m}m`;
  const h = Math.trunc(ms / hours);
  if (h < 8) return pair(h, 'h', m % 60, 'm');
  if (h < 48) return `${h}h`;
  const d = Math.trunc(h / 24);
  if (d < 8) return pair(d, 'd', h % 24, 'h');
  if (d < 365 * 2) return `${d}d`;
  const y = Math.trunc(d / 365);
  return d < 365 * 8 ? pair(y, 'y', d % 365, 'd') : `${y}y`;
}

/** One unit only. Source: duration.ShortHumanDuration. */
export function shortHumanDuration(ms: number): string {
  const s = Math.trunc(ms / seconds);
  if (s < -1) return '<invalid>';
  if (s < 0) return '0s';
  if (s < 60) return `${s}s`;
  const m = Math.trunc(ms / minutes);
  if (m < 60) return `${m}m`;
  const h = Math.trunc(ms / hours);
  if (h < 24) return `${h}h`;
  return h < 24 * 365 ? `${Math.trunc(h / 24)}d` : `${Math.trunc(h / 24 / 365)}y`;
}

/** The age of an RFC 3339 timestamp; `<unknown>` when there is none. */
export function translateTimestampSince(timestamp: string | null | undefined, nowMs: number): string {
  return timestamp ? humanDuration(nowMs - Date.parse(timestamp)) : '<unknown>';
}

/** The time left until an RFC 3339 timestamp; `<unknown>` when there is none. */
export function translateTimestampUntil(timestamp: string | null | undefined, nowMs: number): string {
  return timestamp ? humanDuration(Date.parse(timestamp) - nowMs) : '<unknown>';
}

const unitNs: Record<string, bigint> = {
  ns: 1n, us: 1_000n, 'µs': 1_000n, 'μs': 1_000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n,
};
const maxNs = 2n ** 63n;

function termNs(whole: string, fraction: string, unit: string): bigint {
  const scale = unitNs[unit]!;
  return BigInt(whole || '0') * scale + (BigInt(fraction || '0') * scale) / 10n ** BigInt(fraction.length);
}

function parseNs(text: string): bigint {
  const invalid = () => new Error(`time: invalid duration ${quote(text)}`);
  const [, sign, body] = /^([-+]?)(.*)$/s.exec(text)!;
  if (body === '0') return 0n;
  if (!body) throw invalid();
  let total = 0n;
  for (let rest = body!; rest; ) {
    const [term, whole, , fraction, unit] = /^(\d*)(\.(\d*))?([^.\d]*)/s.exec(rest)!;
    if (!whole && !fraction) throw invalid();
    if (!unit) throw new Error(`time: missing unit in duration ${quote(text)}`);
    if (!Object.hasOwn(unitNs, unit)) throw new Error(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += termNs(whole!, fraction ?? '', unit);
    if (total > maxNs) throw invalid();
    rest = rest.slice(term.length);
  }
  if (sign === '-') return -total;
  if (total === maxNs) throw invalid();
  return total;
}

/** Milliseconds of a Go duration such as `1h15m30.918s` (fractions of a millisecond are kept). Throws time.ParseDuration's errors. */
export function parseGoDuration(text: string): number {
  return Number(parseNs(text)) / 1e6;
}

const withFraction = (value: number, digits: number) => value.toFixed(digits).replace(/\.?0+$/, '');

function formatBelowSecond(ns: number): string {
  if (ns < 1e3) return `${ns}ns`;
  return ns < 1e6 ? `${withFraction(ns / 1e3, 3)}µs` : `${withFraction(ns / 1e6, 6)}ms`;
}

/** time.Duration.String: `0s`, `1.5s`, `1h15m30.918s`. */
export function formatGoDuration(ms: number): string {
  const ns = Math.round(Math.abs(ms) * 1e6);
  if (ns === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  if (ns < 1e9) return sign + formatBelowSecond(ns);
  const wholeSeconds = Math.floor(ns / 1e9);
  const [h, m, s] = [Math.floor(wholeSeconds / 3600), Math.floor(wholeSeconds / 60) % 60, wholeSeconds % 60];
  const fraction = String(ns % 1e9).padStart(9, '0').replace(/0+$/, '');
  return `${sign}${h ? `${h}h` : ''}${h || m ? `${m}m` : ''}${s}${fraction && `.${fraction}`}s`;
}
