import { formatFloat } from '../go/format';
import { compareKeys } from './key-order';
import { formatString, isLongKey, YamlError, type Place } from './scalar';

/**
 * The YAML of a JSON value, byte for byte as `kubectl -o yaml` writes it: keys sorted, lists at their key's column, lines folded
 * near 80 columns. Members that are undefined are left out, as JSON.stringify has it. Throws YamlError for characters that kubectl
 * refuses.
 */
export function toYaml(value: unknown): string {
  if (isMap(value) || isList(value)) return block(value, 0);
  return scalarLine(value, { column: 0, indent: 2 });
}

type Map = Record<string, unknown>;

const hasMembers = (map: object) => {
  for (const key in map) if ((map as Map)[key] !== undefined) return true;
  return false;
};
const isMap = (value: unknown): value is Map =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && hasMembers(value);
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

/** The lines of a map or list; the first one without its margin, which the caller has written. */
function block(value: Map | unknown[], indent: number): string {
  return Array.isArray(value) ? list(value, indent) : map(value, indent);
}

function map(value: Map, indent: number): string {
  const margin = ' '.repeat(indent);
  let out = '';
  for (const key of Object.keys(value).sort(compareKeys)) {
    const member = value[key];
    if (member === undefined) continue;
    if (out) out += margin;
    out += isLongKey(key) ? longEntry(key, member, indent) : entry(key, member, indent);
  }
  return out;
}

function entry(key: string, value: unknown, indent: number): string {
  const name = formatString(readBack(key), { column: indent, indent: indent + 2, key: true });
  if (isList(value)) return `${name}:\n${' '.repeat(indent)}${list(value, indent)}`;
  if (isMap(value)) return `${name}:\n${' '.repeat(indent + 2)}${map(value, indent + 2)}`;
  return `${name}: ${scalarLine(value, { column: indent + width(name) + 2, indent: indent + 2 })}`;
}

/** `? key` and `: value` on lines of their own. */
function longEntry(key: string, value: unknown, indent: number): string {
  const place = { column: indent + 2, indent: indent + 2 };
  const colon = `${' '.repeat(indent)}: `;
  return `? ${scalarLine(key, place)}${colon}${isMap(value) || isList(value) ? block(value, indent + 2) : scalarLine(value, place)}`;
}

function list(value: unknown[], indent: number): string {
  const margin = ' '.repeat(indent);
  const place = { column: indent + 2, indent: indent + 2 };
  return value.map((item) => `- ${isMap(item) || isList(item) ? block(item, indent + 2) : scalarLine(item, place)}`).join(margin);
}

/** In characters, not UTF-16 units: escapes have left nothing else outside the BMP. */
const width = (text: string) => text.length;

function scalarLine(value: unknown, place: Place): string {
  if (typeof value !== 'string') return `${formatScalar(value)}\n`;
  const formatted = formatString(readBack(value), place);
  // A literal block ends with its last line's break, unless the text lacks one.
  return /[\n\u2028\u2029]$/.test(formatted) ? formatted : `${formatted}\n`;
}

function formatScalar(value: unknown): string {
  switch (typeof value) {
    case 'number': return formatNumber(value);
    case 'boolean': case 'bigint': return String(value);
    case 'object': return value === null ? 'null' : Array.isArray(value) ? '[]' : '{}';
    default: return 'null';
  }
}

const [minInt64, maxUint64] = [-(2 ** 63), 2 ** 64];

function formatNumber(value: number): string {
  if (Number.isInteger(value) && value >= minInt64 && value < maxUint64) return String(value === 0 ? 0 : value);
  return formatFloat(value);
}

const control = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * Upstream's text goes through JSON and is read back as YAML, which some characters do not survive: control characters are
 * refused, a next-line character is a folded line break.
 */
function readBack(text: string): string {
  if (control.test(text)) throw new YamlError('error converting JSON to YAML: yaml: control characters are not allowed');
  if (!text.includes('\u0085')) return text;
  return text.replace(/ *\u0085[ \u0085]*/g, (run) => {
    const breaks = run.replaceAll(' ', '').length;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  });
}
