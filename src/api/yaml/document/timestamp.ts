const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

const two = (digits: string | undefined) => (digits ?? '').padStart(2, '0');

/** A YAML timestamp as Go's time.Time writes itself into JSON: `2001-12-14T21:59:43.1-05:00`. */
export function formatTimestamp(text: string): string {
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts.exec(text)!;
  const nanos = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = /^[-+]00:00$/.test(zone) ? 'Z' : zone;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${nanos && `.${nanos}`}${offset}`;
}
