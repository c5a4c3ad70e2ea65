import type { Capacity } from '../../../client/machine';
import type { RuntimeName } from '../../../client/profile';
import { readCapacity } from '../../cluster/capacity';
import { flagTable, type FlagValues } from '../../flags/spec';

export const nodeAddFlags = flagTable({
  'count': { type: 'int', default: 1, help: 'How many nodes to add, when no names are given.' },
  'cpus': { type: 'string', help: 'Processors of the node, as pods see them (default: all of the machine).' },
  'memory': { type: 'string', help: 'Memory of the node, as pods see it: 4Gi (default: all of the machine).' },
  'pods': { type: 'int', help: 'How many pods the node takes (default 110).' },
  'runtime': { type: 'string', help: 'docker or sim (default: that of the cluster).' },
});

export const nodeListFlags = flagTable({
  'output': { type: 'string', short: 'o', help: 'json: for scripts.' },
});

const countMax = 1000;

/** Throws for a value that is none of a flag's. */
export function readAddFlags(flags: FlagValues<typeof nodeAddFlags>): { count: number; runtime?: RuntimeName; capacity?: Capacity } {
  const { count, runtime, pods } = flags;
  if (count < 1 || count > countMax) throw new Error(`--count ${count} is not between 1 and ${countMax}`);
  if (pods < 0) throw new Error(`--pods ${pods} is no number of pods`);
  if (runtime !== '' && runtime !== 'docker' && runtime !== 'sim') throw new Error(`--runtime is docker or sim, not "${runtime}"`);
  const capacity = readCapacity(flags);
  return { count, ...(runtime && { runtime }), ...(capacity && { capacity }) };
}
