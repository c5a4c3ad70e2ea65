import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags, selectorFlags, validateFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const applyFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  ...dryRunFlags,
  ...validateFlags,
  ...fieldManagerFlags('kubectl-client-side-apply'),
  'all': { type: 'bool', help: 'With --prune: all objects of the namespace are candidates.' },
  'applyset': { type: 'string', help: 'With KUBECTL_APPLYSET=true and --prune: the object that records the set.', hidden: true },
  'cascade': { type: 'string', default: 'background', bare: 'background', help: 'What happens to what a replaced object owns.' },
  'force': { type: 'bool', help: 'Delete and create an object that cannot be changed as asked.' },
  'force-conflicts': { type: 'bool', help: 'With --server-side: take fields from their other managers.' },
  'grace-period': { type: 'int', default: -1, help: 'With --force: seconds that the old object may end in.' },
  'openapi-patch': { type: 'bool', default: true, help: 'Accepted for kubectl\'s sake.', hidden: true },
  'overwrite': { type: 'bool', default: true, help: 'What the file says wins over what the object became.' },
  'prune': { type: 'bool', help: 'Delete objects that are not in the files any more.' },
  'prune-allowlist': { type: 'strings', help: 'With --prune: only these types.' },
  'server-side': { type: 'bool', help: 'Let the server merge, by field managers.' },
  'subresource': { type: 'string', help: 'With --server-side: the subresource to apply to.' },
  'timeout': { type: 'duration', help: 'With --force: how long to wait for the old object to go.' },
  'wait': { type: 'bool', help: 'With --force: wait until the old object is gone.' },
});

export type ApplyFlags = typeof applyFlags;
