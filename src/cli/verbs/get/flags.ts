import { allNamespacesFlags, fieldSelectorFlags, filenameFlags, outputFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const getFlags = flagTable({
  ...outputFlags,
  'output': { type: 'string', short: 'o', help: 'Output format: wide, json, yaml, name, jsonpath, jsonpath-as-json, jsonpath-file, go-template, go-template-file, custom-columns, custom-columns-file.' },
  ...filenameFlags,
  ...selectorFlags,
  ...fieldSelectorFlags,
  ...allNamespacesFlags,
  'chunk-size': { type: 'int', default: 500, help: 'Read long lists in pieces of this many objects; 0: at once.' },
  'ignore-not-found': { type: 'bool', help: 'An object that does not exist is no error.' },
  'label-columns': { type: 'list', short: 'L', help: 'Labels to show as columns.' },
  'no-headers': { type: 'bool', help: 'Leave out the header line.' },
  'output-watch-events': { type: 'bool', help: 'With --watch: show the events, not just their objects.' },
  'raw': { type: 'string', help: 'Print the answer to a request for this path.' },
  'server-print': { type: 'bool', default: true, help: 'Let the server choose the columns.' },
  'show-kind': { type: 'bool', help: 'Show the type in front of each name.' },
  'show-labels': { type: 'bool', help: 'Show all labels as the last column.' },
  'sort-by': { type: 'string', help: 'Sort by this JSONPath expression.' },
  'subresource': { type: 'string', help: 'Read this subresource: status, scale.' },
  'watch': { type: 'bool', short: 'w', help: 'Go on showing changes.' },
  'watch-only': { type: 'bool', help: 'Show changes only.' },
});

export type GetFlags = typeof getFlags;
