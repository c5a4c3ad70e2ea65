import { filenameFlags, outputFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

/** Of approve and deny. */
export const certificateFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  'force': { type: 'bool', help: 'Also where it was said before.' },
});
