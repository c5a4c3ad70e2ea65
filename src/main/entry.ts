import { homedir } from 'node:os';
import { systemClock } from '../api/clock';
import type { Environment } from '../cli/session';
import { run } from './run';

/** Whoever reads our output may leave early: `knarr get pods | head`. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function processEnvironment(): Environment {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted.abort();
      // Whatever does not listen to the signal ends as it would have.
      setImmediate(() => process.kill(process.pid, signal));
    });
  }
  return {
    streams: {
      // Opened when first read: few commands do.
      get in() {
        return process.stdin;
      },
      out: process.stdout,
      err: process.stderr,
    },
    env: process.env,
    home: process.env['HOME'] || homedir(),
    cwd: process.cwd(),
    clock: systemClock,
    // eslint-disable-next-line no-restricted-properties -- the entry of the process
    random: Math.random,
    signal: interrupted.signal,
  };
}

/** The process of `knarr`: argv without node and script. */
export async function main(argv: readonly string[]): Promise<void> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  process.exitCode = await run(argv, processEnvironment());
}
