import { formatTime, parseTime, zeroTimeSeconds } from '../decode/time';
import { formatGoDuration, parseGoDuration } from '../duration';
import type { ScalarName } from '../schema';
import { decodeRaw } from './raw';
import { ProtobufError, wire, type Reader } from './reader';
import type { Writer } from './writer';

/** One value without its tag; length-delimited values include their length. */
export interface ValueCodec {
  readonly wireType: number;
  write(writer: Writer, value: unknown): void;
  read(reader: Reader): unknown;
  /** What a Go field that is not a pointer holds when nobody set it; undefined for what is then left out. */
  readonly zero: unknown;
}

/** Writes what `payload` writes with its length in front. */
export function delimited(writer: Writer, payload: () => void): void {
  const before = writer.length;
  payload();
  writer.varint(writer.length - before);
}

/** A message given by its fields: number → how to take it from the reader. */
export function readFields(reader: Reader, take: (field: number, wireType: number) => boolean): void {
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    if (!take(field, wireType)) reader.skip(wireType);
  }
}

function varintField(writer: Writer, field: number, value: number): void {
  writer.varint(value);
  writer.tag(field, wire.varint);
}

export function textField(writer: Writer, field: number, value: string): void {
  delimited(writer, () => writer.text(value));
  writer.tag(field, wire.bytes);
}

export function bytesField(writer: Writer, field: number, value: Uint8Array): void {
  delimited(writer, () => writer.bytes(value));
  writer.tag(field, wire.bytes);
}

export function writeRepeated(writer: Writer, number: number, codec: ValueCodec, items: readonly unknown[]): void {
  for (let at = items.length - 1; at >= 0; at--) {
    codec.write(writer, items[at] ?? codec.zero);
    writer.tag(number, codec.wireType);
  }
}

const messageCodec = (zero: unknown, write: (writer: Writer, value: unknown) => void, read: (reader: Reader) => unknown): ValueCodec => ({
  wireType: wire.bytes, zero,
  write: (writer, value) => delimited(writer, () => write(writer, value)),
  read: (reader) => read(reader.message()),
});

const integer: ValueCodec = { wireType: wire.varint, zero: 0, write: (writer, value) => writer.varint(value as number), read: (reader) => reader.varint() };

/** The end of the year 9999. */
const lastTimeSeconds = 253402300799;

/** Time carries no nanos: its JSON has none either. */
const instant = (layout: 'time' | 'micro-time') => messageCodec(null, (writer, value) => {
  if (value === null) return;
  const { seconds, nanos } = parseTime(value as string, layout);
  varintField(writer, 2, layout === 'time' ? 0 : Math.floor(nanos / 1000) * 1000);
  varintField(writer, 1, seconds);
}, (reader) => {
  let seconds = zeroTimeSeconds, nanos = 0;
  if (!reader.done) seconds = 0;
  readFields(reader, (field) => {
    if (field === 1) seconds = reader.varint();
    else if (field === 2) nanos = reader.varint();
    return field === 1 || field === 2;
  });
  if (seconds < zeroTimeSeconds || seconds > lastTimeSeconds || nanos < 0 || nanos >= 1e9) throw new ProtobufError('proto: time out of range');
  return formatTime({ seconds, nanos: layout === 'time' ? 0 : nanos }, layout);
});

const intOrString = messageCodec(0, (writer, value) => {
  textField(writer, 3, typeof value === 'string' ? value : '');
  varintField(writer, 2, typeof value === 'number' ? value : 0);
  varintField(writer, 1, typeof value === 'string' ? 1 : 0);
}, (reader) => {
  let type = 0, number = 0, text = '';
  readFields(reader, (field) => {
    if (field === 1) type = reader.varint();
    else if (field === 2) number = reader.varint();
    else if (field === 3) text = reader.text();
    return field <= 3;
  });
  return type === 1 ? text : number;
});

function readBytesField(reader: Reader): Buffer | undefined {
  let bytes: Buffer | undefined;
  readFields(reader, (field) => {
    if (field === 1) bytes = reader.bytes();
    return field === 1;
  });
  return bytes;
}

/** RawExtension, FieldsV1 and JSON: the JSON text in field 1. */
const raw = messageCodec(null, (writer, value) => {
  if (value !== null && value !== undefined) bytesField(writer, 1, Buffer.from(JSON.stringify(value)));
}, (reader) => {
  const bytes = readBytesField(reader);
  return bytes?.length ? decodeRaw(bytes) : null;
});

const quantity = messageCodec('0', (writer, value) => textField(writer, 1, String(value)), (reader) => readBytesField(reader)?.toString() || '0');

const nsPerMs = 1e6;
const duration = messageCodec('0s', (writer, value) => varintField(writer, 1, Math.round(parseGoDuration(value as string) * nsPerMs)), (reader) => {
  let ns = 0;
  readFields(reader, (field) => {
    if (field === 1) ns = reader.varint();
    return field === 1;
  });
  return formatGoDuration(ns / nsPerMs);
});

export const scalarCodecs: Record<ScalarName, ValueCodec> = {
  string: { wireType: wire.bytes, zero: '', write: (writer, value) => delimited(writer, () => writer.text(value as string)), read: (reader) => reader.text() },
  boolean: { wireType: wire.varint, zero: false, write: (writer, value) => writer.byte(value ? 1 : 0), read: (reader) => reader.varint() !== 0 },
  int32: integer,
  int64: integer,
  double: { wireType: wire.fixed64, zero: 0, write: (writer, value) => writer.double(value as number), read: (reader) => reader.double() },
  byte: {
    wireType: wire.bytes, zero: undefined,
    write: (writer, value) => delimited(writer, () => writer.bytes(Buffer.from(value as string, 'base64'))),
    read: (reader) => reader.bytes().toString('base64'),
  },
  time: instant('time'),
  'micro-time': instant('micro-time'),
  duration, quantity, raw,
  'int-or-string': intOrString,
};
