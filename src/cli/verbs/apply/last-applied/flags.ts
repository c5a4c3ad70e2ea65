import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags, selectorFlags, validateFlags } from '../../../flags/sets';
import { flagTable } from '../../../flags/spec';

export const viewLastAppliedFlags = flagTable({
  ...filenameFlags,
  ...selectorFlags,
  'all': { type: 'bool', help: 'All objects of the types in the namespace.' },
  'output': { type: 'string', short: 'o', default: 'yaml', help: 'yaml or json.' },
});

export const setLastAppliedFlags = flagTable({
  ...outputFlags,
  ...dryRunFlags,
  'create-annotation': { type: 'bool', help: 'Also where the object has no such annotation yet.' },
  'filename': filenameFlags.filename,
});

export const editLastAppliedFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...validateFlags,
  ...fieldManagerFlags('kubectl-client-side-apply'),
  'windows-line-endings': { type: 'bool', help: 'Lines of the file end as on Windows.' },
});
