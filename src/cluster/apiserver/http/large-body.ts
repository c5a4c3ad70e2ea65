import { createGzip, constants } from 'node:zlib';
import { isGone, type LargeBody, type Outgoing } from './exchange';

export const largeChunkBytes = 128 * 1024;

/** A body of parts that are shared with others, joined by a comma between `head` and `tail`. */
export class JoinedBody implements LargeBody {
  readonly length: number;

  /** A part begins at its `from`, with a brace in front of it unless that is 0. */
  constructor(private readonly head: Buffer, private readonly parts: readonly { readonly bytes: Buffer; readonly from: number }[], private readonly tail: Buffer) {
    const inner = parts.reduce((sum, { bytes, from }) => sum + bytes.length - from + (from ? 1 : 0), 0);
    this.length = head.length + inner + Math.max(0, parts.length - 1) + tail.length;
  }

  *chunks(): Generator<Buffer> {
    const chunk = Buffer.allocUnsafe(Math.min(largeChunkBytes, this.length));
    let used = 0;
    for (const [bytes, from] of this.#pieces()) {
      for (let at = from; at < bytes.length;) {
        const copied = bytes.copy(chunk, used, at, Math.min(bytes.length, at + chunk.length - used));
        used += copied;
        at += copied;
        if (used < chunk.length) continue;
        yield chunk;
        used = 0;
      }
    }
    if (used) yield chunk.subarray(0, used);
  }

  *#pieces(): Generator<[bytes: Buffer, from: number]> {
    yield [this.head, 0];
    for (let index = 0; index < this.parts.length; index++) {
      const { bytes, from } = this.parts[index]!;
      if (from) yield [index ? commaBrace : brace, 0];
      else if (index) yield [comma, 0];
      yield [bytes, from];
    }
    yield [this.tail, 0];
  }
}

const [comma, brace, commaBrace] = [Buffer.from(','), Buffer.from('{'), Buffer.from(',{')];

export function joined(body: LargeBody): Buffer {
  const all = Buffer.allocUnsafe(body.length);
  let at = 0;
  for (const chunk of body.chunks()) at += chunk.copy(all, at);
  return all;
}

/** Resolves when all of it is sent or the client is gone. */
export async function sendLarge(response: Outgoing, body: LargeBody): Promise<void> {
  for (const chunk of body.chunks()) {
    await written(response, chunk);
    if (isGone(response)) return;
  }
  response.end();
}

export async function sendCompressed(response: Outgoing, body: LargeBody): Promise<void> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.on('data', (chunk: Buffer) => {
    if ((response.write as (chunk: Buffer) => boolean).call(response, chunk)) return;
    gzip.pause();
    response.once('drain', () => gzip.resume());
  });
  const over = new Promise<void>((resolve) => {
    if (isGone(response)) resolve();
    gzip.once('end', () => resolve());
    response.once('close', () => resolve());
  });
  for (const chunk of body.chunks()) {
    await Promise.race([new Promise<void>((resolve) => gzip.write(chunk, () => resolve())), over]);
    if (isGone(response)) break;
  }
  gzip.end();
  await over;
  response.end();
}

const written = (response: Outgoing, chunk: Buffer): Promise<void> => new Promise((resolve) => {
  const done = () => {
    response.off('close', done);
    resolve();
  };
  if (isGone(response)) return resolve();
  response.once('close', done);
  (response.write as (chunk: Buffer, done: () => void) => boolean).call(response, chunk, done);
});
