import { allNamespacesFlags, dryRunFlags, fieldSelectorFlags, filenameFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const deleteFlags = flagTable({
  ...filenameFlags,
  ...selectorFlags,
  ...fieldSelectorFlags,
  ...allNamespacesFlags,
  ...dryRunFlags,
  'all': { type: 'bool', help: 'All objects of the types in the namespace.' },
  'cascade': { type: 'string', default: 'background', bare: 'background', help: 'What happens to what the object owns: background, foreground or orphan.' },
  'force': { type: 'bool', help: 'Remove at once, without waiting for anything to end.' },
  'grace-period': { type: 'int', default: -1, help: 'Seconds to end in. -1: what the object says. 1: at once.' },
  'ignore-not-found': { type: 'bool', help: 'What is not there counts as deleted.' },
  'interactive': { type: 'bool', short: 'i', help: 'Ask before deleting.' },
  'now': { type: 'bool', help: 'The same as --grace-period=1.' },
  'output': { type: 'string', short: 'o', help: 'name: print only the names.' },
  'raw': { type: 'string', help: 'Send DELETE to this path of the server.' },
  'timeout': { type: 'duration', help: 'How long to wait until it is gone. 0: as long as it takes.' },
  'wait': { type: 'bool', default: true, help: 'Wait until it is gone.' },
});

export type DeleteFlags = typeof deleteFlags;
