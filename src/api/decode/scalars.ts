import { formatGoDuration, parseGoDuration } from '../duration';
import { canonicalQuantity } from '../quantity';
import type { ScalarName } from '../schema';
import { canonicalBase64 } from './base64';
import { canonicalTime } from './time';
import { resolveNumbers } from './untyped';
import { DecodeFailure, jsonKind, NumberToken, type Walk } from './walk';

/** Reads a JSON value; undefined when it has the wrong type, which `walk` has noted then. */
export type Read = (value: unknown, walk: Walk) => unknown;

export interface ScalarCodec {
  /** As Go's reflect prints the type. */
  readonly goType: string;
  /** What Go writes for a zero value; null for those that vanish or are written as null. */
  readonly zero: unknown;
  /** Go's omitempty drops the zero of these, not of structs. */
  readonly canBeOmitted: boolean;
  /** Null never comes here but where Go calls UnmarshalJSON with it. */
  read(value: unknown, walk: Walk, goType: string): unknown;
}

const numberText = (value: unknown) => (value instanceof NumberToken ? value.text : Number.isInteger(value) ? String(BigInt(value as number)) : String(value));

/** Undefined when the value is not an integer of that width. */
function integer(value: unknown, bits: 32 | 64): number | bigint | undefined {
  if (value instanceof NumberToken) {
    return /^-?\d+$/.test(value.text) && BigInt.asIntN(bits, BigInt(value.text)) === BigInt(value.text) ? Number(value.text) + 0 : undefined;
  }
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value) === value ? value : undefined;
  const limit = 2 ** (bits - 1);
  return Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit ? (value as number) : undefined;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof NumberToken;
}

function readInt32(value: unknown, walk: Walk, goType: string): number | bigint | undefined {
  if (!isNumber(value)) return void walk.wrongType(jsonKind(value), goType);
  const read = integer(value, 32);
  if (read === undefined) walk.wrongType(`number ${numberText(value)}`, goType);
  return read;
}

function readInt64(value: unknown, walk: Walk, goType: string): number | bigint | undefined {
  if (!isNumber(value)) return void walk.wrongType(jsonKind(value), goType);
  const read = integer(value, 64);
  if (read === undefined) return void walk.wrongType(`number ${numberText(value)}`, goType);
  if (typeof read === 'bigint' || Number.isSafeInteger(read)) return read;
  throw new DecodeFailure(`${walk.location}: the integer ${numberText(value)} is beyond ±9007199254740991, which is not supported`);
}

function readDouble(value: unknown, walk: Walk, goType: string): number | undefined {
  if (!isNumber(value)) return void walk.wrongType(jsonKind(value), goType);
  const read = Number(numberText(value));
  if (!Number.isFinite(read)) return void walk.wrongType(`number ${numberText(value)}`, goType);
  return read;
}

/** A type whose UnmarshalJSON first reads a string: anything else ends the decoding. */
function text(value: unknown, walk: Walk): string {
  return typeof value === 'string' ? value : walk.failType(jsonKind(value), 'string');
}

function failing<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    throw new DecodeFailure((error as Error).message);
  }
}

function readBytes(value: unknown, walk: Walk, goType: string): string | undefined {
  if (Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)) {
    return Buffer.from(value as number[]).toString('base64');
  }
  if (typeof value !== 'string') return void walk.wrongType(jsonKind(value), goType);
  const read = canonicalBase64(value);
  if ('text' in read) return read.text;
  return void walk.saveError(`illegal base64 data at input byte ${read.illegalAt}`);
}

/** IntOrString.UnmarshalJSON: a string, or what fits an int32. */
function readIntOrString(value: unknown, walk: Walk): string | number | bigint {
  if (typeof value === 'string') return value;
  if (value === null) return 0;
  if (!isNumber(value)) return walk.failType(jsonKind(value), 'int32');
  return integer(value, 32) ?? walk.failType(`number ${numberText(value)}`, 'int32');
}

function readQuantity(value: unknown): string {
  if (value === null) return '0';
  const source = typeof value === 'string' ? value.trim() : isNumber(value) ? numberText(value) : JSON.stringify(value);
  return failing(() => canonicalQuantity(source));
}

const matching = (type: 'string' | 'boolean') => (value: unknown, walk: Walk, goType: string) =>
  typeof value === type ? value : void walk.wrongType(jsonKind(value), goType);

export const scalarCodecs: Record<ScalarName, ScalarCodec> = {
  string: { goType: 'string', zero: '', canBeOmitted: true, read: matching('string') },
  boolean: { goType: 'bool', zero: false, canBeOmitted: true, read: matching('boolean') },
  int32: { goType: 'int32', zero: 0, canBeOmitted: true, read: readInt32 },
  int64: { goType: 'int64', zero: 0, canBeOmitted: true, read: readInt64 },
  double: { goType: 'float64', zero: 0, canBeOmitted: true, read: readDouble },
  byte: { goType: '[]uint8', zero: null, canBeOmitted: true, read: readBytes },
  time: { goType: 'v1.Time', zero: null, canBeOmitted: false, read: (value, walk) => value === null ? null : failing(() => canonicalTime(text(value, walk), 'time')) },
  'micro-time': { goType: 'v1.MicroTime', zero: null, canBeOmitted: false, read: (value, walk) => value === null ? null : failing(() => canonicalTime(text(value, walk), 'micro-time')) },
  duration: { goType: 'v1.Duration', zero: '0s', canBeOmitted: false, read: (value, walk) => failing(() => formatGoDuration(parseGoDuration(value === null ? '' : text(value, walk)))) },
  quantity: { goType: 'resource.Quantity', zero: '0', canBeOmitted: false, read: readQuantity },
  'int-or-string': { goType: 'intstr.IntOrString', zero: 0, canBeOmitted: false, read: readIntOrString },
  raw: { goType: 'runtime.RawExtension', zero: null, canBeOmitted: false, read: resolveNumbers },
};
