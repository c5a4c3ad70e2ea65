import { spawnSync } from 'node:child_process';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Output, Streams } from '../session';

export interface TerminalSize {
  width: number;
  height: number;
}

/** The user's terminal when both ends of it are one. */
export interface Terminal {
  /**
   * Passes every key on as it is, Ctrl-C too. The returned function puts the terminal back in order, as does the
   * signal when the process is about to end.
   */
  raw(signal: AbortSignal): () => void;
  /** The size now and after each change, until the signal aborts. `redraw`: what runs there draws its screen anew. */
  sizes(signal: AbortSignal, options: { redraw: boolean }): AsyncGenerator<TerminalSize>;
}

export function terminalOf({ in: input, out }: Streams): Terminal | undefined {
  if (!input.isTTY) return undefined;
  const stdin = input as unknown as ReadStream;
  return {
    raw(signal) {
      const restore = () => void stdin.setRawMode(false);
      stdin.setRawMode(true);
      // Node's raw mode still makes CR LF of each LF, by which what runs there moves its cursor straight down.
      spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
      signal.addEventListener('abort', restore, { once: true });
      return () => {
        signal.removeEventListener('abort', restore);
        restore();
      };
    },
    sizes: (signal, options) => sizesOf(out, signal, options),
  };
}

async function* sizesOf(out: Output, signal: AbortSignal, { redraw }: { redraw: boolean }): AsyncGenerator<TerminalSize> {
  const screen = out as WriteStream;
  // Another size first: programs draw their screen when it changes.
  if (redraw && screen.isTTY) yield { width: screen.columns + 1, height: screen.rows + 1 };
  while (!signal.aborted && screen.isTTY) {
    yield { width: screen.columns, height: screen.rows };
    await new Promise<void>((resolve) => {
      screen.once('resize', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
