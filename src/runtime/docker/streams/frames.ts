import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export interface Frame {
  stream: 'stdout' | 'stderr';
  data: Buffer;
}

const headerBytes = 8;

/** The engine's multiplexed output: eight bytes of header (the stream's number, zeros, the length), then the data. */
export async function* frames(source: Readable): AsyncIterable<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < headerBytes) break;
      const end = headerBytes + rest.readUInt32BE(4);
      if (rest.length < end) break;
      yield { stream: rest[0] === 2 ? 'stderr' : 'stdout', data: rest.subarray(headerBytes, end) };
      rest = rest.subarray(end);
    }
  }
}

/** Output of a terminal is not multiplexed. */
export async function* rawFrames(source: Readable): AsyncIterable<Frame> {
  for await (const data of source as AsyncIterable<Buffer>) yield { stream: 'stdout', data };
}

/** Waits where the reader is slower. A reader that is gone is no reason to stop the writer. */
export async function writeAll(target: Writable | undefined, data: Buffer): Promise<void> {
  if (!target || target.destroyed || target.writableEnded) return;
  if (target.write(data)) return;
  await Promise.race([once(target, 'drain'), once(target, 'close')]).catch(() => undefined);
}
