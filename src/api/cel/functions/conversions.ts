import { formatFloat } from '../../go/format';
import { quote } from '../../go/quote';
import { typeName } from '../values/names';
import { asInt, asUnsigned, intOfDouble, unsignedOfDouble } from '../values/numbers';
import { asTimestamp, durationText, parseDuration, parseTimestamp, timestampText } from '../values/time';
import type { Timestamp, Unsigned} from '../values/value';
import { CelError, Duration, TypeValue, type List, type Mapping, type Value } from '../values/value';
import { traversal } from './costs';
import { row, type Overload } from './row';

function integer(text: string, into: 'int' | 'uint'): bigint {
  if (into === 'int' ? /^[-+]?\d+$/.test(text) : /^\d+$/.test(text)) return BigInt(text);
  throw new CelError(into === 'int' ? `strconv.ParseInt: parsing ${quote(text)}: invalid syntax` : `strconv.ParseUint: parsing ${quote(text)}: invalid syntax`);
}

function double(text: string): number {
  if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  throw new CelError(`strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`);
}

function bool(text: string): boolean {
  if (['true', 'TRUE', 'True', 't', '1'].includes(text)) return true;
  if (['false', 'FALSE', 'False', 'f', '0'].includes(text)) return false;
  throw new CelError(`type conversion error from 'string' to 'bool'`);
}

const nanosPerSecond = 1_000_000_000n;

function timestamp(text: string): Timestamp {
  const found = parseTimestamp(text);
  if (!found) throw new CelError(`parsing time ${quote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  return found;
}

function duration(text: string): Duration {
  const found = parseDuration(text);
  if (!found) throw new CelError(`time: invalid duration ${quote(text)}`);
  return found;
}

function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

const seconds = ({ nanos }: Timestamp) => (nanos >= 0n ? nanos / nanosPerSecond : -((-nanos + nanosPerSecond - 1n) / nanosPerSecond));

const codePoints = (text: string) => BigInt([...text].length);

export const conversions: readonly Overload[] = [
  row('int(int) int', (value: bigint) => value),
  row('int(uint) int', ({ value }: Unsigned) => asInt(value)),
  row('int(double) int', intOfDouble),
  row('int(string) int', (text: string) => asInt(integer(text, 'int'))),
  row('int(timestamp) int', seconds),
  row('int(duration) int', ({ nanos }: Duration) => nanos),
  row('uint(uint) uint', (value: Unsigned) => value),
  row('uint(int) uint', (value: bigint) => asUnsigned(value)),
  row('uint(double) uint', unsignedOfDouble),
  row('uint(string) uint', (text: string) => asUnsigned(integer(text, 'uint'))),
  row('double(double) double', (value: number) => value),
  row('double(int) double', Number as (value: bigint) => number),
  row('double(uint) double', ({ value }: Unsigned) => Number(value)),
  row('double(string) double', double),
  row('string(string) string', (value: string) => value),
  row('string(bool) string', String as (value: boolean) => string),
  row('string(int) string', String as (value: bigint) => string),
  row('string(uint) string', ({ value }: Unsigned) => String(value)),
  row('string(double) string', formatFloat),
  row('string(bytes) string', textOfBytes, ([bytes]) => traversal(bytes!)),
  row('string(timestamp) string', timestampText),
  row('string(duration) string', durationText),
  row('bytes(bytes) bytes', (value: Uint8Array) => value),
  row('bytes(string) bytes', (text: string) => Buffer.from(text), ([text]) => traversal(text!)),
  row('bool(bool) bool', (value: boolean) => value),
  row('bool(string) bool', bool),
  row('dyn(A) dyn', (value: Value) => value),
  row('type(A) type(A)', (value: Value) => new TypeValue(typeName(value))),
  row('timestamp(timestamp) timestamp', (value: Timestamp) => value),
  row('timestamp(string) timestamp', timestamp),
  row('timestamp(int) timestamp', (value: bigint) => asTimestamp(value * nanosPerSecond)),
  row('duration(duration) duration', (value: Duration) => value),
  row('duration(string) duration', duration),
  row('duration(int) duration', (value: bigint) => new Duration(value)),
  ...['size(string) int', '(string).size() int'].map((signature) => row(signature, codePoints)),
  ...['size(bytes) int', '(bytes).size() int'].map((signature) => row(signature, (bytes: Uint8Array) => BigInt(bytes.length))),
  ...['size(list(A)) int', '(list(A)).size() int'].map((signature) => row(signature, (list: List) => BigInt(list.length))),
  ...['size(map(A, B)) int', '(map(A, B)).size() int'].map((signature) => row(signature, (map: Mapping) => BigInt(map.size))),
];
