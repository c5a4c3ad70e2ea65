import { allNamespacesFlags, dryRunFlags, fieldManagerFlags, fieldSelectorFlags, filenameFlags, outputFlags, recordFlags, selectorFlags } from '../flags/sets';
import { flagTable } from '../flags/spec';

/** Of label and annotate. */
export const metadataFlags = <const Name extends string>(manager: Name) => flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  ...fieldSelectorFlags,
  ...allNamespacesFlags,
  ...dryRunFlags,
  ...fieldManagerFlags(manager),
  'all': { type: 'bool', help: 'All objects of the types in the namespace.' },
  'list': { type: 'bool', help: 'Show what the objects have.' },
  'local': { type: 'bool', help: 'Change the objects of the files and print them; do not ask the server.' },
  'overwrite': { type: 'bool', help: 'Allow existing values to be overwritten.' },
  'resource-version': { type: 'string', help: 'Change the object only in this version. For a single object.' },
});

export type MetadataFlags = ReturnType<typeof metadataFlags>;
