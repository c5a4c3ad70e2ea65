import { allNamespacesFlags, filenameFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const describeFlags = flagTable({
  ...filenameFlags,
  ...selectorFlags,
  ...allNamespacesFlags,
  'chunk-size': { type: 'int', default: 500, help: 'Read long lists in pieces of this size. 0: at once.' },
  'show-events': { type: 'bool', default: true, help: 'Show the events about the object.' },
});

export type DescribeFlags = typeof describeFlags;
