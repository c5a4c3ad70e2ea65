import { allNamespacesFlags, fieldSelectorFlags, outputFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const waitFlags = flagTable({
  ...outputFlags,
  ...selectorFlags,
  ...fieldSelectorFlags,
  ...allNamespacesFlags,
  'all': { type: 'bool', help: 'All objects of the type in the namespace.' },
  'filename': { type: 'list', short: 'f', help: 'Manifest: a file, a directory, or - for standard input.' },
  'for': { type: 'string', help: 'What to wait for: create, delete, condition=NAME[=VALUE] (the value is true when not given), jsonpath=\'{PATH}\'[=VALUE].' },
  'local': { type: 'bool', help: 'Take the objects from the files only.' },
  'recursive': { type: 'bool', short: 'R', default: true, help: 'Look for manifests in the directories of directories too.' },
  'timeout': { type: 'duration', default: 30_000, help: 'How long to wait. 0: look once; negative: a week.' },
});

export type WaitFlags = typeof waitFlags;
