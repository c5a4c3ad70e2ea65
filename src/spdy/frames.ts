/** Control frames by number; those without an entry here are passed over. */
export const controlType = { synStream: 1, synReply: 2, rstStream: 3, ping: 6, goAway: 7, headers: 8 } as const;
export const flagFin = 1;

const version = 3;
const headBytes = 8;
/** What a peer may make this side hold in memory at once. */
const frameBytesMax = 4 * 1024 * 1024;

export type Frame =
  | { readonly kind: 'data'; readonly streamId: number; readonly flags: number; readonly body: Buffer }
  | { readonly kind: 'control'; readonly type: number; readonly flags: number; readonly body: Buffer };

/** Cuts bytes into frames. Throws for a frame that is too large or of another version. */
export class FrameReader {
  #buffered: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): Frame[] {
    this.#buffered = this.#buffered.length ? Buffer.concat([this.#buffered, chunk]) : chunk;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    const buffer = this.#buffered;
    if (buffer.length < headBytes) return undefined;
    const length = buffer.readUIntBE(5, 3);
    if (length > frameBytesMax) throw new Error(`SPDY frame of ${length} bytes`);
    if (buffer.length < headBytes + length) return undefined;
    const body = buffer.subarray(headBytes, headBytes + length);
    this.#buffered = buffer.subarray(headBytes + length);
    return parseHead(buffer, body);
  }
}

function parseHead(head: Buffer, body: Buffer): Frame {
  const first = head.readUInt32BE(0);
  const flags = head[4]!;
  if (first < 0x80000000) return { kind: 'data', streamId: first, flags, body };
  const found = (first >>> 16) & 0x7fff;
  if (found !== version) throw new Error(`SPDY version ${found}`);
  return { kind: 'control', type: first & 0xffff, flags, body };
}

export function dataFrame(streamId: number, body: Buffer, flags = 0): Buffer {
  return Buffer.concat([head(streamId, flags, body.length), body]);
}

export function controlFrame(type: number, body: Buffer, flags = 0): Buffer {
  return Buffer.concat([head(((0x8000 | version) << 16 | type) >>> 0, flags, body.length), body]);
}

function head(first: number, flags: number, length: number): Buffer {
  const buffer = Buffer.alloc(headBytes);
  buffer.writeUInt32BE(first, 0);
  buffer[4] = flags;
  buffer.writeUIntBE(length, 5, 3);
  return buffer;
}

export function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => buffer.writeUInt32BE(value, at * 4));
  return buffer;
}
