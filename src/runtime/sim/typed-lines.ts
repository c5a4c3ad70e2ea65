import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ExecRequest } from '../port';

/**
 * The lines that come on stdin, without their ends. In a terminal they are typed: keys are echoed, the last one can be
 * taken back, Ctrl-C gives the line up (an empty one comes instead) and Ctrl-D ends an empty one's stream, as the line
 * discipline of a pseudo-terminal has it (termios(3)).
 */
export function typedLines({ tty, stdin, stdout, signal }: Pick<ExecRequest, 'tty' | 'stdout' | 'signal'> & { stdin: Readable }): AsyncIterable<string> {
  if (tty) return disciplined(stdin, (text) => void stdout?.write(text), signal);
  return createInterface({ input: stdin, ...(signal && { signal }) });
}

type Echo = (text: string) => void;

interface Typed {
  /** What is typed of the line so far. */
  line: string;
  /** A line that is done. */
  done?: string;
  ended?: boolean;
}

const keys: Record<string, (line: string, echo: Echo) => Typed> = {
  '\r': (line, echo) => (echo('\r\n'), { line: '', done: line }),
  '\n': (line, echo) => (echo('\r\n'), { line: '', done: line }),
  '\u0003': (_, echo) => (echo('^C\r\n'), { line: '', done: '' }),
  '\u0004': (line) => ({ line, ended: line === '' }),
  '\u007f': (line, echo) => (line && echo('\b \b'), { line: line.slice(0, -1) }),
};

async function* disciplined(stdin: Readable, echo: Echo, signal: AbortSignal | undefined): AsyncGenerator<string> {
  let line = '';
  for await (const chunk of untilAborted(stdin, signal)) {
    for (const key of chunk.toString()) {
      const typed: Typed = keys[key]?.(line, echo) ?? (echo(key), { line: line + key });
      if (typed.ended) return;
      ({ line } = typed);
      if (typed.done !== undefined) yield typed.done;
    }
  }
}

async function* untilAborted(stdin: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const stop = () => void stdin.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stdin) yield chunk as Buffer;
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
