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
}

/** Carries the three streams over a hijacked connection. Resolves when the output has ended or the signal aborted. */
export async function carry({ stream, tty, stdin, stdout, stderr, signal }: Connection): Promise<void> {
  // A connection that breaks ends the process when nobody listens.
  stream.on('error', () => undefined);
  const abort = () => stream.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  if (stdin) {
    stdin.on('error', () => stream.end());
    stdin.pipe(stream);
  }
  try {
    for await (const { stream: which, data } of tty ? rawFrames(stream) : frames(stream)) {
      await writeAll(which === 'stderr' ? stderr : stdout, data);
    }
  } catch {
    // It broke or was aborted; what there was has been carried.
  } finally {
    stdin?.unpipe(stream);
    signal?.removeEventListener('abort', abort);
    stream.destroy();
  }
}

/** Passes sizes on until there are no more or the command has ended. A size that comes too early or too late is lost. */
export async function resizeWith(sizes: AsyncIterable<TerminalSize> | undefined, resize: (size: { h: number; w: number }) => Promise<unknown>): Promise<void> {
  if (!sizes) return;
  for await (const { width, height } of sizes) await resize({ h: height, w: width }).catch(() => undefined);
}
