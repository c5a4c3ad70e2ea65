import type { Readable, Writable } from 'node:stream';

interface Sink {
  write(chunk: Uint8Array): unknown;
}

/** The user's ends of one exec or attach. */
export interface RemoteStreams {
  stdin?: Readable;
  stdout: Sink;
  stderr?: Sink;
  /** New sizes of the terminal, the first one at once. */
  resize?: AsyncIterable<{ width: number; height: number }>;
  signal?: AbortSignal;
}

/** Writes, and has the source wait for a sink that is full, or what it cannot take would pile up in memory. */
export function writePaced(source: { pause(): unknown; resume(): unknown }, sink: Sink, data: Buffer): void {
  if (sink.write(data) !== false || !('once' in sink)) return;
  source.pause();
  (sink as Sink & Writable).once('drain', () => source.resume());
}

/** A terminal or pipe that nobody reads any more must not keep the process alive. */
export function letGo(stdin: Readable): void {
  stdin.pause();
  (stdin as Readable & { unref?: () => void }).unref?.();
}

/** As the resize channel carries it. */
export const sizeMessage = ({ width, height }: { width: number; height: number }): string => JSON.stringify({ Width: width, Height: height });
