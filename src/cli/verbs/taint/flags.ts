import { dryRunFlags, fieldManagerFlags, outputFlags, selectorFlags, validateFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const taintFlags = flagTable({
  ...outputFlags,
  ...dryRunFlags,
  ...validateFlags,
  ...selectorFlags,
  ...fieldManagerFlags('kubectl-taint'),
  'all': { type: 'bool', help: 'All nodes.' },
  'overwrite': { type: 'bool', help: 'Change taints that are there already.' },
});

export type TaintFlags = typeof taintFlags;
