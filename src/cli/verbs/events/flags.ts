import { allNamespacesFlags, outputFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const eventsFlags = flagTable({
  ...outputFlags,
  ...allNamespacesFlags,
  'chunk-size': { type: 'int', default: 500, help: 'Read lists in pieces of this many. 0: at once.' },
  'for': { type: 'string', help: 'Only events about this object: TYPE/NAME.' },
  'no-headers': { type: 'bool', help: 'Leave out the headings of the table.' },
  'types': { type: 'list', help: 'Only events of these types: Normal, Warning.' },
  'watch': { type: 'bool', short: 'w', help: 'Go on with the events that come.' },
});

export type EventsFlags = typeof eventsFlags;
