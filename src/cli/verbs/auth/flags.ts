import { allNamespacesFlags, dryRunFlags, filenameFlags, outputFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const canIFlags = flagTable({
  ...allNamespacesFlags,
  'list': { type: 'bool', help: 'List all that is allowed.' },
  'no-headers': { type: 'bool', help: 'With --list: leave out the headings.' },
  'quiet': { type: 'bool', short: 'q', help: 'Print nothing; the exit code tells.' },
  'subresource': { type: 'string', help: 'The subresource: log, scale, …' },
});

export const whoAmIFlags = outputFlags;

export const reconcileFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  'remove-extra-permissions': { type: 'bool', help: 'Take away permissions that the file does not have.' },
  'remove-extra-subjects': { type: 'bool', help: 'Take away subjects that the file does not have.' },
});
