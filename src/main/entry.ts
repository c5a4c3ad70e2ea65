import { homedir } from 'node:os';
import { systemClock } from '../api/clock';
import type { Environment } from '../cli/session';
import { failsOnInterrupt } from '../cli/session/interrupt';
import { run } from './run';

/** Whoever reads our output may leave early: `knarr get pods | head`. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function processSurroundings(): Surroundings {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      const fails = failsOnInterrupt();
      interrupted.abort();
      // Whatever does not listen to the signal ends as it would have.
      // eslint-disable-next-line no-restricted-properties -- the entry of the process
      setImmediate(() => (fails ? process.exit(1) : process.kill(process.pid, signal)));
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
    cwd: process.cwd(),
    signal: interrupted.signal,
  };
}

/** What a line finds around it; the rest is the machine's. */
type Surroundings = Pick<Environment, 'streams' | 'env' | 'cwd' | 'signal'>;

/** One command line within this process, which may run many. Resolves to the exit code. */
export function runLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const home = surroundings.env['HOME'] || homedir();
  // eslint-disable-next-line no-restricted-properties -- the entry of the process
  return run(argv, { ...surroundings, home, clock: systemClock, random: Math.random });
}

/** The process of `knarr`: argv without node and script. */
export async function main(argv: readonly string[]): Promise<void> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  process.exitCode = await runLine(argv, processSurroundings());
}
