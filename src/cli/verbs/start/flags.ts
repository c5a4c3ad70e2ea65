import { flagTable, type FlagValues } from '../../flags/spec';
import type { StartOptions } from './start';

export const startFlags = flagTable({
  'api-port': { type: 'int', help: 'Port of the API on 127.0.0.1 (default: that of the last start, else 6443, else a free one).' },
  'output': { type: 'string', short: 'o', help: 'json: one event a line, for scripts.' },
  'runtime': { type: 'string', default: 'auto', help: 'docker: real containers; sim: simulated ones; auto: docker where an engine answers.' },
});

const runtimes = ['auto', 'docker', 'sim'] as const;

/** Throws for a value that is none of a flag's. */
export function readStartFlags(flags: FlagValues<typeof startFlags>): Pick<StartOptions, 'runtime' | 'output' | 'apiPort'> {
  const runtime = runtimes.find((name) => name === flags.runtime);
  if (!runtime) throw new Error(`--runtime is one of ${runtimes.join(', ')}, not "${flags.runtime}"`);
  const port = flags['api-port'];
  if (port < 0 || port > 65535) throw new Error(`--api-port ${port} is no port`);
  return { runtime, output: readOutput(flags.output), ...(port && { apiPort: port }) };
}

export function readOutput(output: string): 'text' | 'json' {
  if (output !== '' && output !== 'json') throw new Error(`--output is json or nothing, not "${output}"`);
  return output === 'json' ? 'json' : 'text';
}
