import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

export const createConfigMapFlags = flagTable({
  ...createSharedFlags,
  'append-hash': { type: 'bool', help: 'Put a hash of the content behind the name.' },
  'from-env-file': { type: 'list', help: 'A file of KEY=VALUE lines.' },
  'from-file': { type: 'list', help: 'A file, or all files of a directory: [KEY=]PATH.' },
  'from-literal': { type: 'strings', help: 'A value: KEY=VALUE.' },
});

export const createSecretFlags = flagTable({
  ...createConfigMapFlags,
  'type': { type: 'string', help: 'The type of the secret.' },
});
