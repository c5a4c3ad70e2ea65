import { fieldManagerFlags, filenameFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const diffFlags = flagTable({
  ...filenameFlags,
  ...selectorFlags,
  ...fieldManagerFlags('kubectl-client-side-apply'),
  'concurrency': { type: 'int', default: 1, help: 'How many objects to compare at once.' },
  'force-conflicts': { type: 'bool', help: 'With --server-side: take fields from their other managers.' },
  'prune': { type: 'bool', help: 'Show what pruning would delete, too.' },
  'prune-allowlist': { type: 'strings', help: 'With --prune: only these types, each GROUP/VERSION/KIND.' },
  'server-side': { type: 'bool', help: 'Let the server merge, by field managers.' },
  'show-managed-fields': { type: 'bool', help: 'Compare managedFields too.' },
});

export type DiffFlags = typeof diffFlags;
