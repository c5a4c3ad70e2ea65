import type { Duplex, Readable, Writable } from 'node:stream';
import type { TerminalSize } from '../../port';
import { frames, rawFrames, writeAll } from './frames';

interface Connection {
  stream: Duplex;
  tty: boolean;
  stdin?: Readable;
  stdout?: Writable;
  stderr?: Writable;
  signal?: AbortSignal;
  /** A first piece of output that starts so is kept back, for the caller to judge. */
  keepBack?: string;
}

/** How a terminal is told that there is no more input. */
const endOfTransmission = '\x04';

/**
 * Carries the three streams over a hijacked connection. Resolves when the output has ended or the signal aborted, to
 * what was kept back.
 */
export async function carry({ stream, tty, stdin, stdout, stderr, signal, keepBack }: Connection): Promise<Buffer | undefined> {
  let isFirst = true;
  let kept: Buffer | undefined;
  // A connection that breaks ends the process when nobody listens.
  stream.on('error', () => undefined);
  const abort = () => stream.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  if (stdin) {
    stdin.on('error', () => stream.end());
    // Of a terminal the engine ends the output as well when its input ends.
    stdin.pipe(stream, { end: !tty });
    if (tty) stdin.on('end', () => stream.write(endOfTransmission));
  }
  try {
    for await (const { stream: which, data } of tty ? rawFrames(stream) : frames(stream)) {
      if (isFirst && keepBack !== undefined && data.subarray(0, keepBack.length).toString() === keepBack) kept = data;
      else await writeAll(which === 'stderr' ? stderr : stdout, data);
      isFirst = false;
    }
  } catch {
    // It broke or was aborted; what there was has been carried.
  } finally {
    stdin?.unpipe(stream);
    signal?.removeEventListener('abort', abort);
    stream.destroy();
  }
  return kept;
}

/** Passes sizes on until there are no more or the command has ended. A size that comes too early or too late is lost. */
export async function resizeWith(sizes: AsyncIterable<TerminalSize> | undefined, resize: (size: { h: number; w: number }) => Promise<unknown>): Promise<void> {
  if (!sizes) return;
  for await (const { width, height } of sizes) await resize({ h: height, w: width }).catch(() => undefined);
}
