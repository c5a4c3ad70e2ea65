import { dryRunFlags, filenameFlags, outputFlags, recordFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const scaleFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  ...dryRunFlags,
  'all': { type: 'bool', help: 'All objects of the type in the namespace.' },
  'current-replicas': { type: 'int', default: -1, help: 'Scale only from this size. -1: from any.' },
  'replicas': { type: 'int', help: 'The new number of replicas. Required.' },
  'resource-version': { type: 'string', help: 'Scale only from this resource version.' },
  'timeout': { type: 'duration', help: 'Wait so long for the new size. 0: do not wait.' },
});

export type ScaleFlags = typeof scaleFlags;
