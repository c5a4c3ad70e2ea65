import { formatFloat } from '../../go/format';
import { quote } from '../../go/quote';
import { typeName } from '../values/names';
import { durationText, timestampText } from '../values/time';
import { CelError, Duration, List, Mapping, Timestamp, TypeValue, Unsigned, type Value } from '../values/value';

const defaultPrecision = 6;
const clause = /%(?:%|(?:\.(\d*))?([\s\S])?)/g;

/** `"%s has %d".format([name, count])`. Throws CelError. Source and wording: cel-go's ext/strings.go, version 2. */
export function formatted(text: string, values: List): string {
  let next = 0;
  return text.replace(clause, (whole, precision: string | undefined, letter: string | undefined) => {
    if (whole === '%%') return '%';
    if (next >= values.length) throw new CelError(`index ${next} out of range`);
    if (letter === undefined) throw new CelError('unexpected end of string');
    const format = clauses[letter];
    if (!format) throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${letter}"`);
    return wrapped(() => format(values.at(next++), precision ? Number(precision) : defaultPrecision));
  });
}

function wrapped(format: () => string): string {
  try {
    return format();
  } catch (error) {
    throw new CelError(`error during formatting: ${(error as Error).message}`);
  }
}

const given = (value: Value) => `was given ${typeName(value)}`;

const clauses: Readonly<Record<string, (value: Value, precision: number) => string>> = {
  s: text,
  d: decimal,
  f: (value, precision) => fixed(doubleOf(value, 'fixed-point'), precision),
  e: (value, precision) => scientific(doubleOf(value, 'scientific'), precision),
  b: (value) => (typeof value === 'boolean' ? String(Number(value)) : inBase(value, 2, 'only integers and bools can be formatted as binary')),
  o: (value) => inBase(value, 8, 'octal clause can only be used on integers'),
  x: hexadecimal,
  X: (value) => hexadecimal(value).toUpperCase(),
};

function text(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) return String(value);
  if (typeof value === 'number') return formatFloat(value);
  if (value instanceof Unsigned) return String(value.value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof TypeValue) return value.name;
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof List) return `[${[...value].map(nested).join(', ')}]`;
  if (value instanceof Mapping) return `{${[...value.keys()].map((key) => `${nested(key)}:${nested(value.get(key)!)}`).sort().join(', ')}}`;
  throw new CelError(`string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, ${given(value)}`);
}

/** In lists and maps values stand as they would in an expression. */
function nested(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Uint8Array) return `b${quote(Buffer.from(value).toString())}`;
  if (value instanceof Timestamp) return `timestamp(${quote(timestampText(value))})`;
  if (value instanceof Duration) return `duration(${quote(durationText(value))})`;
  if (typeof value === 'number') return Number.isFinite(value) ? value.toFixed(defaultPrecision) : quote(formatFloat(value));
  return text(value);
}

function decimal(value: Value): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Unsigned) return String(value.value);
  throw new CelError(`decimal clause can only be used on integers, ${given(value)}`);
}

function doubleOf(value: Value, name: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new CelError(`${name} clause can only be used on doubles, ${given(value)}`);
}

const special = (value: number) => (Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞');

/** With thousands apart. */
function fixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return special(value);
  const [whole = '', fraction] = value.toFixed(Math.min(precision, 100)).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function scientific(value: number, precision: number): string {
  if (!Number.isFinite(value)) return special(value);
  const [digits, exponent = '0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const power = String(Math.abs(Number(exponent))).padStart(2, '0').replace(/\d/g, (digit) => superscripts[Number(digit)]!);
  return `${digits}\u202f×\u202f10${Number(exponent) < 0 ? '⁻' : ''}${power}`;
}

function inBase(value: Value, base: number, why: string): string {
  if (typeof value === 'bigint') return value.toString(base);
  if (value instanceof Unsigned) return value.value.toString(base);
  throw new CelError(`${why}, ${given(value)}`);
}

function hexadecimal(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return inBase(value, 16, 'only integers, byte buffers, and strings can be formatted as hex');
}
