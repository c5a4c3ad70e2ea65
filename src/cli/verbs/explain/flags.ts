import { flagTable } from '../../flags/spec';

export const explainFlags = flagTable({
  'api-version': { type: 'string', help: 'Explain the resource of this group and version.' },
  'output': { type: 'string', default: 'plaintext', help: 'Format: plaintext, plaintext-openapiv2.' },
  'recursive': { type: 'bool', help: 'Show the fields of fields, by name only.' },
});
