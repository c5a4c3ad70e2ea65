import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags, selectorFlags, validateFlags } from '../../flags/sets';
import type { GlobalFlags } from '../../flags/global';
import { flagTable, type Input } from '../../flags/spec';

/** Of `create -f` and of every generator. */
export const createSharedFlags = flagTable({
  ...outputFlags,
  ...dryRunFlags,
  ...validateFlags,
  ...fieldManagerFlags('kubectl-create'),
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
});

export const createFlags = flagTable({
  ...recordFlags,
  ...createSharedFlags,
  ...filenameFlags,
  ...selectorFlags,
  'edit': { type: 'bool', help: 'Edit the objects before they are created.' },
  'raw': { type: 'string', help: 'POST the file to this path of the server.' },
  'windows-line-endings': { type: 'bool', help: 'With --edit: lines end as on Windows.', hidden: true },
});

export type CreateInput = Input<typeof createFlags & GlobalFlags>;
