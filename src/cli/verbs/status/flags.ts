import { flagTable } from '../../flags/spec';

export const statusFlags = flagTable({
  'output': { type: 'string', short: 'o', help: 'json: for scripts.' },
});
