import type { ReadStream, WriteStream } from 'node:tty';
import type { Output, Streams } from '../session';

export interface TerminalSize {
  width: number;
  height: number;
}

/** The user's terminal when both ends of it are one. */
export interface Terminal {
  /** Passes every key on as it is, Ctrl-C too. The returned function puts the terminal back in order. */
  raw(): () => void;
  /** The size now and after each change, until the signal aborts. */
  sizes(signal: AbortSignal): AsyncGenerator<TerminalSize>;
}

export function terminalOf({ in: input, out }: Streams): Terminal | undefined {
  if (!input.isTTY) return undefined;
  const stdin = input as unknown as ReadStream;
  return {
    raw() {
      stdin.setRawMode(true);
      return () => void stdin.setRawMode(false);
    },
    sizes: (signal) => sizesOf(out, signal),
  };
}

async function* sizesOf(out: Output, signal: AbortSignal): AsyncGenerator<TerminalSize> {
  const screen = out as WriteStream;
  while (!signal.aborted && screen.isTTY) {
    yield { width: screen.columns, height: screen.rows };
    await new Promise<void>((resolve) => {
      screen.once('resize', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
