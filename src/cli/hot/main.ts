import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadCached } from './code-cache';

/** The start of every `knarr`: the common reads are answered here, everything else goes to the full command line. */
export function start(argv: readonly string[], dist: string): void {
  full(argv, dist);
}

function full(argv: readonly string[], dist: string): void {
  const directories = [join(dist, 'code-cache'), join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'knarr')];
  const command = argv.find((word) => !word.startsWith('-')) ?? '';
  const { main } = loadCached(join(dist, 'cli.cjs'), command, directories) as { main: (argv: readonly string[]) => Promise<void> };
  void main(argv);
}
