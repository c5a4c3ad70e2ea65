import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, validateFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const replaceFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  ...validateFlags,
  ...fieldManagerFlags('kubectl-replace'),
  'cascade': { type: 'string', default: 'background', bare: 'background', help: 'With --force, what happens to what the old object owns: background, foreground or orphan.' },
  'force': { type: 'bool', help: 'Delete the old object and create the new one.' },
  'grace-period': { type: 'int', default: -1, help: 'With --force: seconds that the old object may end in. -1: its own.' },
  'raw': { type: 'string', help: 'PUT the file to this path of the server.' },
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
  'subresource': { type: 'string', help: 'Replace this subresource of the objects: status, scale, …' },
  'timeout': { type: 'duration', help: 'With --force: how long to wait for the old object to go. 0: as long as it takes.' },
  'wait': { type: 'bool', help: 'With --force: wait until the old object is gone.' },
});

export type ReplaceFlags = typeof replaceFlags;
