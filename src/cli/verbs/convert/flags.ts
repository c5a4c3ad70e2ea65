import { filenameFlags, outputFlags, validateFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const convertFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...validateFlags,
  'output': { ...outputFlags.output, default: 'yaml' },
  'local': { type: 'bool', default: true, help: 'Do not ask the server for anything.' },
  'output-version': { type: 'string', help: 'Group and version to convert to: networking.k8s.io/v1 (default: that of a cluster of today).' },
});
