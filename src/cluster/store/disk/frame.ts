import { crc32 } from 'node:zlib';
import { Entry } from '../entry';
import { Packed } from '../packed';
import type { StoreEvent } from '../store';

/**
 * The layout of the log's files. All numbers little-endian, revisions as doubles.
 *
 *   file    magic[8]  number f64  base f64         its own number; what revision was newest when it was begun; then frames
 *   frame   length u32  crc u32  record…           the events of one batch; the checksum begins with the file's number
 *   record  type u8  revision f64  previous f64    revision of the state before, 0: the key was created
 *           key u32  state u32  before u32         lengths of what follows
 *           key…  state…  before…                  `before`: the state before, unless it stands in the same file
 *
 * What follows the last frame whose checksum fits is of no interest: zeros, a frame that was cut short, or what the file
 * held when it had another number.
 */
const magic = Buffer.from('knarrlg1');
const fileHeadBytes = magic.length + 16;
const frameHeadBytes = 8;
const recordHeadBytes = 1 + 8 + 8 + 4 + 4 + 4;
const types = ['PUT', 'DELETE'] as const;

/** Of a file; undefined when it was never begun under this number. */
export function baseOf(file: Buffer, number: number): number | undefined {
  const isBegun = file.length >= fileHeadBytes && file.subarray(0, magic.length).equals(magic) && file.readDoubleLE(magic.length) === number;
  return isBegun ? file.readDoubleLE(magic.length + 8) : undefined;
}

/** Frames for files, made in memory that is used again and again: a frame is good until the next one is made. */
export class FrameEncoder {
  #memory = Buffer.alloc(0);

  /** `base`, `number`: of the file that the frame goes to. `begins`: with the head of the file before it. */
  encode(events: readonly StoreEvent[], { base, number }: { base: number; number: number }, begins: boolean): Buffer {
    const records = events.map((event) => recordOf(event, base));
    const length = records.reduce((sum, { bytes }) => sum + bytes, 0);
    const start = begins ? fileHeadBytes : 0;
    const frame = this.#take(start + frameHeadBytes + length);
    if (begins) writeHead(frame, base, number);
    let at = start + frameHeadBytes;
    for (const record of records) at = writeRecord(frame, at, record);
    frame.writeUInt32LE(length, start);
    frame.writeUInt32LE(crc32(frame.subarray(start + frameHeadBytes), number), start + 4);
    return frame;
  }

  #take(bytes: number): Buffer {
    if (bytes > keptBytesMax) return Buffer.allocUnsafe(bytes);
    if (bytes > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(Math.min(keptBytesMax, bytes * 2));
    return this.#memory.subarray(0, bytes);
  }
}

const keptBytesMax = 1024 * 1024;

function writeHead(into: Buffer, base: number, number: number): void {
  magic.copy(into);
  into.writeDoubleLE(number, magic.length);
  into.writeDoubleLE(base, magic.length + 8);
}

interface Record {
  readonly event: StoreEvent;
  readonly before: Buffer | undefined;
  readonly bytes: number;
}

function recordOf(event: StoreEvent, base: number): Record {
  const { entry, previous } = event;
  const before = previous && previous.revision <= base ? previous.bytes : undefined;
  return { event, before, bytes: recordHeadBytes + Buffer.byteLength(entry.key) + entry.bytes.length + (before?.length ?? 0) };
}

function writeRecord(into: Buffer, start: number, { event: { type, entry, previous }, before }: Record): number {
  const keyBytes = into.write(entry.key, start + recordHeadBytes);
  into.writeUInt8(types.indexOf(type), start);
  into.writeDoubleLE(entry.revision, start + 1);
  into.writeDoubleLE(previous?.revision ?? 0, start + 9);
  into.writeUInt32LE(keyBytes, start + 17);
  into.writeUInt32LE(entry.bytes.length, start + 21);
  into.writeUInt32LE(before?.length ?? 0, start + 25);
  let at = start + recordHeadBytes + keyBytes;
  at += entry.bytes.copy(into, at);
  return before ? at + before.copy(into, at) : at;
}

/** One event as a file tells it. */
export interface Change {
  readonly type: StoreEvent['type'];
  readonly entry: Entry;
  /** 0: there was none. */
  readonly previousRevision: number;
  /** Absent where the change that made it stands in the same file. */
  readonly before: Entry | undefined;
}

export interface Frames {
  readonly changes: Change[];
  /** Where the next frame goes: behind the last whole one. */
  readonly end: number;
}

/** What a file holds, up to the first frame that is not whole. The entries are copies: they do not keep the file in memory. */
export function decodeFrames(file: Buffer, number: number): Frames {
  const changes: Change[] = [];
  const packed = new Packed();
  let at = fileHeadBytes;
  for (let length = frameLength(file, at); length > 0; length = frameLength(file, at)) {
    const payload = file.subarray(at + frameHeadBytes, at + frameHeadBytes + length);
    if (payload.length < length || crc32(payload, number) !== file.readUInt32LE(at + 4)) break;
    for (let from = 0; from < length;) from = readRecord(payload, from, changes, packed);
    at += frameHeadBytes + length;
  }
  return { changes, end: at };
}

const frameLength = (file: Buffer, at: number) => (at + frameHeadBytes <= file.length ? file.readUInt32LE(at) : 0);

function readRecord(from: Buffer, start: number, into: Change[], packed: Packed): number {
  const [revision, previousRevision] = [from.readDoubleLE(start + 1), from.readDoubleLE(start + 9)];
  const [keyBytes, stateBytes, beforeBytes] = [from.readUInt32LE(start + 17), from.readUInt32LE(start + 21), from.readUInt32LE(start + 25)];
  const stateAt = start + recordHeadBytes + keyBytes;
  const end = stateAt + stateBytes + beforeBytes;
  const key = from.toString('utf8', start + recordHeadBytes, stateAt);
  const entryOf = (at: number, first: number, last: number) => Entry.ofSource(key, at, packed.copy(from, first, last));
  into.push({
    type: types[from.readUInt8(start)]!, previousRevision,
    entry: entryOf(revision, stateAt, stateAt + stateBytes),
    before: beforeBytes ? entryOf(previousRevision, stateAt + stateBytes, end) : undefined,
  });
  return end;
}
