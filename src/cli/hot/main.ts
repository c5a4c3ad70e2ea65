import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { mayPaint } from '../print/paint-table';
import { connectionFor } from './connect';
import { format } from './format';
import { planRead } from './plan';
import { cachedResource, readObjects } from './read';

/** The start of every `knarr`: the common reads are answered here, everything else goes to the full command line. */
export async function start(argv: readonly string[], dist: string): Promise<void> {
  const done = await hot(argv).catch(() => false);
  if (!done) await full(argv, dist);
}

/** Whether the line is answered here, given a cluster of the common kind. */
export const isHot = (argv: readonly string[]): boolean => planRead(argv) !== undefined;

/** Resolves to false, before anything was written, for a line that is not a common read or does not succeed. */
async function hot(argv: readonly string[]): Promise<boolean> {
  // Preferences may make something else of the line.
  const read = process.env['KUBECTL_KUBERC'] ? undefined : planRead(argv);
  if (!read) return false;
  const home = process.env['HOME'] || homedir();
  const connection = connectionFor(read, process.env, home);
  if (!connection) return false;
  const resource = cachedResource(read, connection.server, home, new Date().getTime());
  if (!resource) return false;
  const answer = await readObjects(read, connection, resource);
  const text = answer && format(read, answer, mayPaint({ isTTY: isatty(1) }, process.env));
  if (!text) return false;
  write(1, text.out);
  write(2, text.err);
  return true;
}

/** Without the streams of `process`, which take a millisecond to set up; they take over when the descriptor is full. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      (descriptor === 1 ? process.stdout : process.stderr).write(bytes.subarray(at));
      return;
    }
  }
}

async function full(argv: readonly string[], dist: string): Promise<void> {
  // At its end node would wait, 60 ms, for optimised code of undici's WebAssembly parser that nobody runs any more.
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--liftoff-only');
  const { main } = await loadFull(dist, argv.find((word) => !word.startsWith('-')) ?? '');
  await main(argv);
}

/** The full command line (src/main/entry.ts), with the code cache of `command`. */
export async function loadFull(dist: string, command: string): Promise<FullCommandLine> {
  const { loadChunks } = await import('./chunks');
  const directories = [join(dist, 'code-cache'), join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'knarr')];
  return loadChunks(join(dist, 'cli.chunks'), command, directories) as unknown as FullCommandLine;
}

interface FullCommandLine {
  main(argv: readonly string[]): Promise<void>;
}
