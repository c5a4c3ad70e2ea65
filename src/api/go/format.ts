import { Float } from './compare';

/** strconv.FormatFloat(value, 'g', -1, 64), which is also `%v` of a float64. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (value === 0 || (exponent >= -4 && exponent < maxPlainExponent)) return plainFloat(value);
  const magnitude = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits}e${exponent < 0 ? '-' : '+'}${magnitude}`;
}

/** Numbers from a million on are written with an exponent. */
const maxPlainExponent = 6;

/** `%v` of a number that was decoded: an int64 if it is whole and fits, else a float64. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? String(value === 0 ? 0 : BigInt(value)) : formatFloat(value);
}

/** Without exponent, where JavaScript writes one below 1e-6. */
function plainFloat(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** `%v` of decoded JSON: `map[a:1 b:[x y]]`, `<nil>`. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return formatNumber(value);
  if (value instanceof Float) return formatFloat(value.value);
  if (Array.isArray(value)) return `[${value.map(formatValue).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const map = value as Record<string, unknown>;
  return `map[${Object.keys(map).sort().map((key) => `${key}:${formatValue(map[key])}`).join(' ')}]`;
}

/** The Go type that decoded JSON has: `map[string]interface {}`, `[]interface {}`, `string`. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  if (value instanceof Float) return 'float64';
  return typeof value === 'object' ? 'map[string]interface {}' : typeof value;
}
