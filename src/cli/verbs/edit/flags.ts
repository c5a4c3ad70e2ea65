import { fieldManagerFlags, filenameFlags, outputFlags, recordFlags, validateFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const editFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...validateFlags,
  ...fieldManagerFlags('kubectl-edit'),
  'output-patch': { type: 'bool', help: 'Print the patch that is sent.' },
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
  'subresource': { type: 'string', help: 'Edit this subresource of the objects: status, scale, …' },
  'windows-line-endings': { type: 'bool', help: 'Lines of the file end as on Windows.' },
});

export type EditFlags = typeof editFlags;
