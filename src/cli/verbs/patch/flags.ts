import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const patchFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-patch'),
  'local': { type: 'bool', help: 'Patch the objects of the files and print them; do not ask the server.' },
  'patch': { type: 'string', short: 'p', help: 'The patch, as JSON or YAML.' },
  'patch-file': { type: 'string', help: 'A file with the patch.' },
  'subresource': { type: 'string', help: 'Patch this subresource: status, scale or resize.' },
  'type': { type: 'string', default: 'strategic', help: 'The type of the patch: json, merge or strategic.' },
});

export type PatchFlags = typeof patchFlags;
