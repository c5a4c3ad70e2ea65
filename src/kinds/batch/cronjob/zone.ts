/** What the clocks on the wall show. */
export interface Wall {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export interface Zone {
  wall(atMs: number): Wall;
  /** When a day begins; months and days beyond the end count on. */
  instant(year: number, month: number, day: number): number;
  /** RFC 3339 with the zone's offset. */
  format(atMs: number): string;
}

/** A name of the IANA database; UTC when absent. Throws RangeError for a name that is not known. */
export function zoned(name: string | undefined): Zone {
  const offsetMs = offsetOf(name);
  const shifted = (atMs: number) => new Date(atMs + offsetMs(atMs));
  return {
    wall(atMs) {
      const local = shifted(atMs);
      return {
        year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(),
        hour: local.getUTCHours(), minute: local.getUTCMinutes(), weekday: local.getUTCDay(),
      };
    },
    instant(year, month, day) {
      const asUTC = Date.UTC(year, month - 1, day);
      // The offset of a first guess may be that of before or after a change of the clocks.
      return asUTC - offsetMs(asUTC - offsetMs(asUTC));
    },
    format(atMs) {
      const minutes = Math.round(offsetMs(atMs) / 60_000);
      const two = (value: number) => String(value).padStart(2, '0');
      const offset = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
      return shifted(atMs).toISOString().slice(0, 19) + offset;
    },
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format takes long to make, and a schedule looks at many times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

function offsetOf(name: string | undefined): (atMs: number) => number {
  if (!name || name === 'UTC') return () => 0;
  const format = formatOf(name);
  return (atMs) => {
    const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
    return local - (atMs - atMs % 1000);
  };
}
