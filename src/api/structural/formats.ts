const uuid = (version: string, variant = '[0-9a-f]') => new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`, 'i');
const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);

function isIPv6(text: string): boolean {
  if (!text.includes(':') || /[^0-9a-f:.]/i.test(text)) return false;
  const dotted = /^(.*:)([\d.]+)$/.exec(text);
  if (text.includes('.') && (!dotted || !ipv4.test(dotted[2]!))) return false;
  const plain = dotted && text.includes('.') ? `${dotted[1]}0:0` : text;
  const halves = plain.split('::');
  const groups = halves.flatMap((half) => (half ? half.split(':') : []));
  const full = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length <= 7;
  return full && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

function isCIDR(text: string): boolean {
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined) return false;
  return ipv4.test(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128;
}

const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function isDateTime(text: string): boolean {
  const [, date, hour, minute, second] = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})$/.exec(text) ?? [];
  return date !== undefined && isDate(date) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

const duration = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const scalaDuration = /^(\d+)\s*(ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|s|sec|secs|seconds?|m|mins?|minutes?|h|hr|hours?|d|days?|w|wk|weeks?)$/i;

function isURI(text: string): boolean {
  // What Go's url.ParseRequestURI takes: absolute, or a path.
  return text.startsWith('/') ? !/[\s]/.test(text) : /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}

const test = (pattern: RegExp) => (text: string) => pattern.test(text);
const anything = () => true;

/** By normalised name. Those that a CRD may use and that mean something. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: test(/^[0-9a-f]{24}$/i),
  uri: isURI,
  email: test(/^(?:[^<>@]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/),
  hostname: test(/^(?=.{1,255}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?$/i),
  ipv4: test(ipv4),
  ipv6: isIPv6,
  cidr: isCIDR,
  mac: test(/^([0-9a-f]{2}([:-])([0-9a-f]{2}\2){4}([0-9a-f]{2})|([0-9a-f]{4}\.){2}[0-9a-f]{4})$/i),
  uuid: test(uuid('[0-9a-f]')),
  uuid3: test(uuid('3')),
  uuid4: test(uuid('4', '[89ab]')),
  uuid5: test(uuid('5', '[89ab]')),
  isbn: test(/^(\d[- ]?){9}[\dX]$|^(97[89][- ]?)(\d[- ]?){9}\d$/),
  isbn10: test(/^(\d[- ]?){9}[\dX]$/),
  isbn13: test(/^(97[89][- ]?)(\d[- ]?){9}\d$/),
  creditcard: (text) => /^\d{12,19}$/.test(text.replace(/\D/g, '')),
  ssn: test(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  hexcolor: test(/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i),
  rgbcolor: test(/^rgb\(\s*(25[0-5]|2[0-4]\d|1?\d?\d)\s*,\s*(25[0-5]|2[0-4]\d|1?\d?\d)\s*,\s*(25[0-5]|2[0-4]\d|1?\d?\d)\s*\)$/),
  byte: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  password: anything,
  date: isDate,
  duration: (text) => duration.test(text) || scalaDuration.test(text),
  datetime: isDateTime,
};

/** Whether a text has the format; one that is not known says nothing. Source: validation/formats.go, strfmt. */
export const hasFormat = (format: string, text: string): boolean => formats[format.replaceAll('-', '')]?.(text) ?? true;
