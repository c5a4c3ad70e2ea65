import { decodeRaw } from './raw';
import { Reader } from './reader';
import { bytesField, delimited, readFields, textField } from './scalars';
import { Writer } from './writer';
import { wire } from './reader';

const lengthBytes = 4;

/**
 * One event of a watch stream: a four-byte big-endian length, then a metav1.WatchEvent without envelope, whose object
 * is an enveloped body (from `encodeProtobuf`). Source: framer.NewLengthDelimitedFrameWriter, protobuf.NewRawSerializer.
 */
export function encodeWatchEvent(type: string, object: Buffer): Buffer {
  const writer = new Writer(object.length + 64);
  delimited(writer, () => bytesField(writer, 1, object));
  writer.tag(2, wire.bytes);
  textField(writer, 1, type);
  const frame = Buffer.alloc(lengthBytes);
  frame.writeUInt32BE(writer.length);
  writer.bytes(frame);
  return writer.finish();
}

/** The events of the whole frames at the start of `stream`, and what is left behind them. */
export function decodeWatchEvents(stream: Buffer): { events: { type: string; object: unknown }[]; rest: Buffer } {
  const events: { type: string; object: unknown }[] = [];
  let at = 0;
  while (stream.length - at >= lengthBytes) {
    const end = at + lengthBytes + stream.readUInt32BE(at);
    if (end > stream.length) break;
    events.push(readWatchEvent(new Reader(stream, at + lengthBytes, end)));
    at = end;
  }
  return { events, rest: stream.subarray(at) };
}

function readWatchEvent(reader: Reader): { type: string; object: unknown } {
  const event = { type: '', object: null as unknown };
  readFields(reader, (field) => {
    if (field === 1) event.type = reader.text();
    else if (field === 2) event.object = readObject(reader.message());
    return field <= 2;
  });
  return event;
}

function readObject(reader: Reader): unknown {
  let object: unknown = null;
  readFields(reader, (field) => {
    if (field === 1) object = decodeRaw(reader.bytes());
    return field === 1;
  });
  return object;
}
