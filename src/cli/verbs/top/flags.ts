import { allNamespacesFlags, fieldSelectorFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

const sharedFlags = flagTable({
  ...selectorFlags,
  'no-headers': { type: 'bool', help: 'Leave out the headings.' },
  'sort-by': { type: 'string', help: 'cpu or memory: the largest first.' },
  'use-protocol-buffers': { type: 'bool', default: true, help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
});

export const topNodeFlags = flagTable({
  ...sharedFlags,
  'show-capacity': { type: 'bool', help: 'Percent of the whole node, not of what pods may have of it.' },
});

export const topPodFlags = flagTable({
  ...sharedFlags,
  ...fieldSelectorFlags,
  ...allNamespacesFlags,
  'containers': { type: 'bool', help: 'A line for each container.' },
  'sum': { type: 'bool', help: 'Add up all that is shown.' },
});
